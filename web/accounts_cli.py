"""python app.py users: the accounts of those who may use the page."""

import argparse
import getpass
import sys

from documents.command_line import folder_name, print_json, run_command
from documents.errors import DanChungError
from eval.feedback_cli import DEFAULT_DATA
from web.accounts import Accounts, Role


def users_main(arguments: list[str]) -> int:
    """Run ``python app.py users …``; return its exit code."""
    options = _parser().parse_args(arguments)
    return run_command(lambda: options.command(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python app.py users", description="Tài khoản của những người được dùng trang."
    )
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--data",
        type=folder_name,
        default=DEFAULT_DATA,
        metavar="DIR",
        help="thư mục dữ liệu (mặc định %(default)s)",
    )
    common.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    named = argparse.ArgumentParser(add_help=False, parents=[common])
    named.add_argument("name", metavar="NAME", help="tên người dùng, chữ thường không dấu")

    command = commands.add_parser("add", parents=[named], help="thêm người dùng; hỏi mật khẩu")
    command.add_argument(
        "--role",
        choices=[role.value for role in Role],
        default=Role.READER.value,
        help="reader: hỏi và đọc; editor: còn được thêm, bỏ tài liệu (mặc định %(default)s)",
    )
    command.set_defaults(command=_add)
    command = commands.add_parser("list", parents=[common], help="liệt kê người dùng")
    command.set_defaults(command=_list)
    command = commands.add_parser(
        "remove", parents=[named], help="bỏ người dùng; mọi phiên và khóa của họ hết hiệu lực"
    )
    command.set_defaults(command=_remove)
    command = commands.add_parser(
        "password", parents=[named], help="đổi mật khẩu; mọi phiên và khóa cũ hết hiệu lực"
    )
    command.set_defaults(command=_password)
    command = commands.add_parser(
        "token", parents=[named], help="tạo khóa API, chỉ hiện một lần: Authorization: Bearer …"
    )
    command.set_defaults(command=_token)
    return parser


def _add(options: argparse.Namespace) -> int:
    accounts = Accounts(options.data)
    user = accounts.add(options.name, _new_password(), Role(options.role))
    return _done(options, f"Đã thêm {user.name} ({user.role.value}).")


def _list(options: argparse.Namespace) -> int:
    users = Accounts(options.data).users()
    if options.json:
        print_json({"users": [{"name": user.name, "role": user.role.value} for user in users]})
        return 0
    for user in users:
        print(f"{user.name}\t{user.role.value}")
    if not users:
        print("Chưa có người dùng nào; thêm bằng `users add NAME`.", file=sys.stderr)
    return 0


def _remove(options: argparse.Namespace) -> int:
    Accounts(options.data).remove(options.name)
    return _done(options, f"Đã bỏ {options.name}.")


def _password(options: argparse.Namespace) -> int:
    Accounts(options.data).set_password(options.name, _new_password())
    return _done(options, f"Đã đổi mật khẩu của {options.name}.")


def _token(options: argparse.Namespace) -> int:
    token = Accounts(options.data).new_token(options.name)
    if options.json:
        print_json({"user": options.name, "token": token})
    else:
        print(token)
    return 0


def _done(options: argparse.Namespace, line: str) -> int:
    if options.json:
        print_json({"user": options.name})
    print(line, file=sys.stderr)
    return 0


def _new_password() -> str:
    """Return a password typed twice without echo, or the first line of a pipe."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Mật khẩu mới: ")
    if getpass.getpass("Nhập lại mật khẩu: ") != first:
        raise DanChungError("Hai lần nhập không giống nhau; hãy chạy lại lệnh này")
    return first
