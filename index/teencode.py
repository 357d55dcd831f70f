"""Informal spellings and what they may stand for: ``ko``, ``đc``, ``nhữg``, ``fải``, ``nghành``.

A table of our own, with facts of the lists of vinorm (MIT), and rules for the patterns those lists
show: ``f`` for ``ph``, ``w`` for ``qu``, ``z`` for ``d``/``gi``/``v``, a final ``g``/``h`` for
``ng``/``nh`` and so on; and for ``ng``, ``g`` and ``c`` where ``ngh``, ``gh`` and ``k`` are meant,
or the other way round. Only what is no Vietnamese syllable is ever read so, apart from single
letters and a few words in the table, which pay a penalty. Which of several meanings is meant is
left to `index.lattice`.
"""

from collections.abc import Collection
from functools import lru_cache

from index.lattice import Choice

SURE = -1.5
"""ln P of an informal spelling that is nothing else."""
DOUBTFUL = -6.0
"""Of one that is often itself: a letter of a list ("điểm a"), a unit ("5 h")."""
RULED = -2.5
"""Of one that only a rule explains."""

_SURE = """
ko=không k0=không hok=không hk=không khg=không khum=không kh=không kô=không khôg=không
đc=được dc=được đx=được dk=được đk=được đk=điều_kiện đượk=được
bn=bao_nhiêu bn=bạn bnhiu=bao_nhiêu bnhieu=bao_nhiêu bnhiêu=bao_nhiêu nhiu=nhiêu nhìu=nhiều
ng=người ngta=người_ta ngừi=người nc=nước nc=nói_chuyện mk=mình mik=mình mìk=mình vs=với vz=vậy
j=gì ji=gì jì=gì trc=trước trk=trước ntn=như_thế_nào ntnao=như_thế_nào nvậy=như_vậy nx=nữa
rùj=rồi bjo=bây_giờ bjờ=bây_giờ bgio=bây_giờ bgiờ=bây_giờ bh=bao_giờ bh=bây_giờ
cx=cũng cg=cũng cũg=cũng chx=chưa đag=đang dag=đang lm=làm lúk=lúc vk=vợ ck=chồng ny=người_yêu
thik=thích thjk=thích thík=thích iu=yêu iêu=yêu đt=điện_thoại sđt=số_điện_thoại sdt=số_điện_thoại
tl=trả_lời hs=học_sinh sv=sinh_viên gv=giáo_viên cty=công_ty tgian=thời_gian tg=thời_gian
bt=biết bt=bình_thường bik=biết wá=quá qá=quá wa=qua hnay=hôm_nay hqua=hôm_qua đou=đâu
zị=vậy zậy=vậy dzậy=vậy zui=vui zô=vào zô=vô dzô=vào zìa=về thek=thế xog=xong nhg=nhưng
nhg=những nhưg=nhưng nhữg=những trog=trong gđ=gia_đình vc=việc qtrọng=quan_trọng vđề=vấn_đề
vđ=vấn_đề bs=bác_sĩ bv=bệnh_viện đh=đại_học fb=facebook ae=anh_em mn=mọi_người mng=mọi_người
tks=cảm_ơn nchung=nói_chung dừg=đừng
"""
_DOUBTFUL = """
k=không h=giờ r=rồi z=vậy v=vậy a=anh e=em
hum=hôm lun=luôn nì=này mún=muốn thía=thế đg=đang đg=đường ch=chưa
"""
_INITIALS = (
    ("f", ("ph",)), ("w", ("qu",)), ("dz", ("d", "gi", "v")), ("z", ("d", "gi", "v")),
    ("j", ("gi", "d")), ("k", ("c", "kh")), ("q", ("qu",)), ("c", ("k",)),
    ("ngh", ("ng",)), ("ng", ("ngh",)), ("gh", ("g",)), ("g", ("gh",)),
)  # fmt: skip
_RHYMES = (
    ("ìu", "iều"), ("iu", "iêu"), ("íu", "iếu"), ("ún", "uốn"), ("ùn", "uồn"), ("un", "uôn"),
    ("ừi", "ười"), ("ít", "iết"), ("út", "uốt"), ("ím", "iếm"), ("ín", "iến"), ("ém", "ắm"),
)  # fmt: skip
_FINALS = (("g", "ng"), ("h", "nh"), ("k", "c"), ("k", "ch"), ("j", "i"), ("j", "y"), ("w", "u"))


def informal_choices(word: str, syllables: Collection[str]) -> tuple[Choice, ...]:
    """Return what an informal spelling may stand for, the spelling itself not among them.

    Parameters
    ----------
    word
        As a search key.
    syllables
        The syllables of Vietnamese: what a rule makes must be one, and none is explained by rule.
    """
    found = _table().get(word, ())
    if found or word in syllables:
        return found
    ruled = dict.fromkeys(spelling for spelling in _by_rule(word) if spelling in syllables)
    return tuple(Choice((spelling,), RULED) for spelling in ruled)


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[Choice, ...]]:
    table: dict[str, tuple[Choice, ...]] = {}
    for entries, penalty in ((_SURE, SURE), (_DOUBTFUL, DOUBTFUL)):
        for entry in entries.split():
            informal, meaning = entry.split("=")
            choice = Choice(tuple(meaning.split("_")), penalty)
            table[informal] = (*table.get(informal, ()), choice)
    return table


def _by_rule(word: str) -> list[str]:
    """Return the spellings that one change of the beginning, the rhyme or the end makes."""
    begun = [
        formal + word[len(informal) :]
        for informal, formals in _INITIALS
        if word.startswith(informal) and word != informal
        for formal in formals
    ]
    ended = [
        start[: -len(informal)] + formal
        for start in (word, *begun)
        for informal, formal in (*_FINALS, *_RHYMES)
        if start.endswith(informal)
    ]
    return begun + ended
