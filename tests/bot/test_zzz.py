from tests.bot.test_words import *
def test_x():
    known = set().union(*families().values()); precise = {key.partition(".")[0] for key in known if "." in key}
    shapes = [shape for shape in patterns() if shape.pattern.partition("\\.")[0] not in precise]
    used = literals() | known
    print(sorted(k for k in phrases("ja") if k not in used and not any(s.fullmatch(k) for s in shapes)))
    print([k for k in phrases("en") if any("\u3040" <= x <= "\u30ff" for x in phrases("en")[k])])
    print(sorted(families()["owed"]))
