"""What is said when a package for more than one machine is not installed."""

from documents.errors import DanChungError


def missing_package(name: str) -> DanChungError:
    """Return the error that names the package and how to install it."""
    return DanChungError(
        f"chưa cài gói {name}; hãy cài: python -m pip install -r requirements-scale.txt"
    )
