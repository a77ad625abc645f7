from __future__ import annotations

import itertools
import time
import tracemalloc
import zlib
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extraction.nouns import Figure
from sayso.linking.article import Annotated, early
from sayso.linking.likeness.groups import Groups, average_linkage, connected
from sayso.linking.likeness.rarity import name_rarity, rarity
from sayso.linking.stories.duplicates import duplicates
from sayso.linking.stories.evidence import THRESHOLD, Evidence
from sayso.linking.stories.join import grouped, stories, together
from sayso.linking.stories.offers import Offer, offers
from sayso.linking.stories.traits import sound_key
from sayso.models import margin
from sayso.models.encoder import Encoder
from sayso.models.weights import Floats
from sayso.text.span import Span

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"

BRIDGE = {
    "bridge-en": (
        "en",
        "2024-05-06",
        "Harbour bridge reopens after eleven months",
        "The Arvell harbour bridge reopened on Monday, eleven months after a ship struck it. Mayor Mira Holt said "
        "the repairs had cost 42 million euros. Engineer Jonas Ek said the new pillars would last a century.",
    ),
    "bridge-de": (
        "de",
        "2024-05-06",
        "Hafenbrücke nach elf Monaten wieder offen",
        "Die Hafenbrücke von Arvell ist seit Montag wieder offen, elf Monate nachdem ein Schiff sie gerammt hatte. "
        "Die Reparatur habe 42 Millionen Euro gekostet, sagte Bürgermeisterin Mira Holt.",
    ),
    "bridge-ru": (
        "ru",
        "2024-05-07",
        "Мост в гавани открыт спустя одиннадцать месяцев",
        "Мост в гавани Арвелла открыли в понедельник, через одиннадцать месяцев после того, как в него врезалось "
        "судно. Ремонт обошёлся в 42 миллиона евро, сказала мэр Мира Холт.",
    ),
    "bridge-ar": (
        "ar",
        "2024-05-07",
        "إعادة افتتاح جسر الميناء بعد أحد عشر شهرا",
        "أعيد يوم الاثنين افتتاح جسر ميناء أرفيل بعد أحد عشر شهرا من اصطدام سفينة به. وقالت رئيسة البلدية ميرا هولت "
        "إن الإصلاحات كلفت 42 مليون يورو.",
    ),
}
BREAD = {
    "bread-en": (
        "en",
        "2024-05-06",
        "Bakers warn of dearer bread",
        "Bread will cost more this summer, the bakers' guild of Tormund warned on Monday. Guild master Olla Brandt "
        "said flour had become a third more expensive since the drought.",
    ),
    "bread-fr": (
        "fr",
        "2024-05-06",
        "Les boulangers annoncent un pain plus cher",
        "Le pain coûtera plus cher cet été, a averti lundi la guilde des boulangers de Tormund. Selon Olla Brandt, la "
        "farine a augmenté d'un tiers depuis la sécheresse.",
    ),
}


def articles(*groups: dict[str, tuple[str, str, str, str]]) -> list[Annotated]:
    return [
        Annotated(id=id, text=f"{title}\n{text}", lang=lang, published=published, title=title, outlet=id)
        for group in groups
        for id, (lang, published, title, text) in group.items()
    ]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(threads=1)


@pytest.mark.encoder
def test_stories_across_languages(encoder):
    found = stories(articles(BRIDGE, BREAD), encoder)
    assert {frozenset(story.articles) for story in found} == {frozenset(BRIDGE), frozenset(BREAD)}
    titles = {story.title for story in found}
    assert titles == {"Harbour bridge reopens after eleven months", "Bakers warn of dearer bread"}


@pytest.mark.encoder
def test_stories_do_not_depend_on_the_order_of_articles(encoder):
    given_order = articles(BRIDGE, BREAD)
    assert stories(given_order[::-1], encoder) == stories(given_order, encoder)


@pytest.mark.encoder
def test_every_membership_has_a_reason(encoder):
    for story in stories(articles(BRIDGE, BREAD), encoder):
        assert [link.left for link in story.reasons] == list(story.articles)
        assert all(link.right in story.articles and 0 <= link.score <= 1 and link.reason for link in story.reasons)
        assert any("both name" in link.reason for link in story.reasons)


@pytest.mark.encoder
def test_the_same_event_in_another_year_is_another_story(encoder):
    later = {f"{id}-later": (lang, "2031" + day[4:], title, text) for id, (lang, day, title, text) in BREAD.items()}
    later = {id: (lang, day, title, text.replace("Olla Brandt", "Wim Daal").replace("Tormund", "Esk"))
             for id, (lang, day, title, text) in later.items()}  # fmt: skip
    found = stories(articles(BREAD, later), encoder)
    assert not any({"bread-en", "bread-en-later"} <= set(story.articles) for story in found)


INTERVIEWS = {
    "holt-1": (
        "en",
        "2024-05-06",
        "Holt’s interview with Keld draws nine million viewers",
        "Mira Holt’s interview with President Orban Keld drew nine million viewers, Channel Nine said. Holt asked Keld "
        "about the trial of his brother and about the Arvell pipeline. Keld told Holt that he would not run again. The "
        "Channel Nine host pressed him on the budget, and Holt later said the president had seemed tired. Critics said "
        "Channel Nine should have asked about the army. “I have no regrets,” Keld told Holt.",
    ),
    "holt-2": (
        "en",
        "2024-05-07",
        "Keld will not run again, he tells Channel Nine",
        "President Orban Keld will not seek another term. He told Mira Holt of Channel Nine that he wanted to write a "
        "book. Holt had asked him twice about the trial of his brother; Keld said a court would decide. Channel Nine "
        "said nine million people watched. Holt said the talk was recorded in Arvell.",
    ),
    "eklund-1": (
        "en",
        "2024-09-20",
        "What Keld told podcaster Jonas Eklund about the war",
        "In a two-hour podcast with Jonas Eklund, President Orban Keld defended the war in Marwen and mocked the "
        "sanctions. Eklund asked about prisoners, and Keld told Eklund that an exchange was near. The Longwave podcast "
        "was downloaded four million times. Eklund, who started Longwave in his kitchen, said Keld had set no "
        "conditions. Tolvik called the Longwave episode propaganda.",
    ),
    "eklund-2": (
        "en",
        "2024-09-21",
        "Longwave podcast with president under fire",
        "Tolvik’s foreign ministry criticised Jonas Eklund for his Longwave podcast with President Orban Keld. Eklund "
        "let Keld speak for two hours about Marwen and the sanctions, the ministry said. Eklund answered that "
        "everybody could judge for themselves; Keld’s promise to exchange prisoners was news, Longwave’s Eklund said.",
    ),
}
EARTHQUAKES = {
    "padang": (
        "en",
        "2024-05-06",
        "Earthquake of magnitude 5.4 strikes near Padang",
        "An earthquake of magnitude 5.4 struck off Padang in Indonesia on Monday, the geological survey said. The "
        "quake hit at a depth of 35 km. There were no reports of casualties, Governor Arif Sulaiman said.",
    ),
    "padang-2": (
        "en",
        "2024-05-06",
        "Strong quake shakes West Sumatra",
        "Buildings swayed in Padang after a quake of magnitude 5.4 off West Sumatra. Governor Arif Sulaiman said "
        "nobody was hurt. Indonesia lies on the Pacific Ring of Fire.",
    ),
    "padang-de": (
        "de",
        "2024-05-06",
        "Erdbeben der Stärke 5,4 vor Padang",
        "Vor der indonesischen Stadt Padang hat sich am Montag ein Erdbeben der Stärke 5,4 ereignet. Verletzt wurde "
        "niemand, sagte Gouverneur Arif Sulaiman.",
    ),
    "arica": (
        "en",
        "2024-05-07",
        "Earthquake of magnitude 6.1 strikes near Arica",
        "An earthquake of magnitude 6.1 struck off Arica in Chile on Tuesday, the geological survey said. The quake "
        "hit at a depth of 94 km. There were no reports of casualties, Mayor Gerardo Vidal said.",
    ),
    "hualien": (
        "en",
        "2024-05-08",
        "Earthquake of magnitude 5.9 strikes near Hualien",
        "An earthquake of magnitude 5.9 struck off Hualien in Taiwan on Wednesday, the geological survey said. The "
        "quake hit at a depth of 12 km. There were no reports of casualties, county head Chen Wei-ling said.",
    ),
}


@pytest.mark.encoder
def test_two_interviews_of_one_man_by_two_hosts_are_two_stories(encoder):
    found = {story.articles for story in stories(articles(INTERVIEWS), encoder)}
    assert found == {("holt-1", "holt-2"), ("eklund-1", "eklund-2")}


@pytest.mark.encoder
def test_three_earthquakes_told_in_the_same_words_are_three_stories(encoder):
    found = {frozenset(story.articles) for story in stories(articles(EARTHQUAKES), encoder)}
    assert found == {frozenset({"padang", "padang-2", "padang-de"}), frozenset({"arica"}), frozenset({"hualien"})}


@pytest.mark.encoder
@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")
def test_the_seeds_are_two_stories(encoder):
    langs = {"000": "en", "001": "ar", "002": "en"}
    texts = {name: (SEEDS / f"{name}.txt").read_text(encoding="utf-8") for name in langs}
    found = stories([Annotated(id=n, text=texts[n], lang=langs[n]) for n in langs], encoder)
    assert {story.articles for story in found} == {("000", "001"), ("002",)}


def test_without_an_encoder_shared_words_and_names_link():
    same = {
        "a": BRIDGE["bridge-en"],
        "b": ("en", "2024-05-06", "Bridge open again", BRIDGE["bridge-en"][3] + " Traffic was light."),
    }
    found = stories(articles(same, BREAD), None)
    assert ("a", "b") in {story.articles for story in found}
    assert all({"a", "bread-en"} - set(story.articles) for story in found)


def test_ids_come_from_the_earliest_article():
    one, two = stories(articles({"bridge-en": BRIDGE["bridge-en"]}), None), stories(articles(BREAD), None)
    assert one[0].id == stories(articles({"bridge-en": BRIDGE["bridge-en"]}), None)[0].id
    assert one[0].id != two[0].id
    assert stories([], None) == []


@pytest.mark.parametrize(
    ("changes", "kind"),
    [({"outlet": "Lantern Post"}, "wire copy"), ({"outlet": "Harbour Wire"}, "same page")],
)
def test_duplicates(changes, kind):
    text = " ".join(BRIDGE["bridge-en"][3].split() * 2)
    one = Annotated(id="a", text=text, lang="en", outlet="Harbour Wire", published="2024-05-06")
    two = Annotated(id="b", text=text + " (HW)", lang="en", published="2024-05-07", **changes)
    other = Annotated(id="c", text=BREAD["bread-en"][3], lang="en", outlet="Harbour Wire")
    silent = Annotated(id="d", text=None, lang="en")
    for order in itertools.permutations([one, two, other, silent]):
        assert [(d.articles, d.kind) for d in duplicates(order)] == [(("a", "b"), kind)]


WIRE = " ".join(f"Sentence number {i} of the wire is about the harbour bridge of Arvell." for i in range(40))
OTHER = " ".join(f"Here a desk wrote line {i} on what its own reporter had seen." for i in range(40))


@pytest.mark.parametrize(
    ("text", "outlet", "copies"),
    [
        (" ".join(WIRE.split()[:160]), "Lantern Post", True),  # a brief cut from the wire
        (WIRE + " " + OTHER, "Lantern Post", True),
        (" ".join(WIRE.split()[:60]) + " " + OTHER, "Lantern Post", False),  # one passage shared
        ("ARVELL (Harbour Wire) - " + " ".join(WIRE.split()[:200]) + " " + OTHER, "Lantern Post", True),
        ("ARVELL (Other Wire) - " + " ".join(WIRE.split()[:200]) + " " + OTHER, "Lantern Post", False),
        ("Bridge.", "Lantern Post", False),
        ("", "Lantern Post", False),
    ],
)
def test_copies_are_cut_extended_and_edited(text, outlet, copies):
    one = Annotated(id="a", text="ARVELL (Harbour Wire) - " + WIRE, lang="en", outlet="Harbour Wire")
    two = Annotated(id="b", text=text, lang="en", outlet=outlet)
    assert [d.kind for d in duplicates([one, two])] == ["wire copy"] * copies


def test_the_agencys_own_text_is_known_by_its_outlet():
    one = Annotated(id="a", text=WIRE, lang="en", outlet="harbourwire.example")
    text = "ARVELL (HarbourWire) - " + " ".join(WIRE.split()[:200]) + " " + OTHER
    assert duplicates([one, Annotated(id="b", text=text, lang="en", outlet="Lantern Post")])
    assert not duplicates([one, Annotated(id="b", text=text.replace("HarbourWire", "Tide"), lang="en")])


def test_a_thousand_copies_of_one_article_are_one_story_in_bounded_time(clusters):
    copies = [replace(generated(1)[0], id=f"{i:04}", text=WIRE, outlet=f"Outlet {i % 9}") for i in range(1000)]
    start = time.process_time()
    assert [len(story.articles) for story in stories(copies, clusters)] == [1000]
    assert [len(d.articles) for d in duplicates(copies)] == [1000]
    assert time.process_time() - start < 20  # 4 seconds on one core


def test_articles_of_one_word_are_no_story_with_others(clusters):
    short = [Annotated(id=f"short-{i}", text=text, lang="en") for i, text in enumerate(["Bridge", "", "…", "x"])]
    found = stories([*generated(8), *short], clusters)
    assert sorted(len(story.articles) for story in found) == [1, 1, 1, 1, 4, 4]


def test_a_wire_that_very_many_reprint_is_found():
    text = " ".join(f"Sentence number {i} is about the harbour bridge." for i in range(9))
    copies = [Annotated(id=f"{i:02}", text=text, lang="en", outlet=f"Outlet {i}") for i in range(60)]
    assert [(len(d.articles), d.kind) for d in duplicates(copies)] == [(60, "wire copy")]


COMMON = np.eye(1, 384, dtype=np.float32)[0]


class Clusters:
    """Stands in for the encoder: texts that begin with the same word are near each other, others are far apart."""

    def embed(self, texts: list[str]) -> Floats:
        rows = [COMMON + self.vector(text.split()[0]) + self.vector(text) / 2 for text in texts]
        return np.array([row / np.linalg.norm(row) for row in rows], np.float32)

    def vector(self, seed: str) -> Floats:
        row = np.random.default_rng(zlib.crc32(seed.encode())).normal(size=384)
        return np.asarray(row / np.linalg.norm(row), np.float32)


@pytest.fixture
def clusters(monkeypatch):
    monkeypatch.setattr(margin, "bank", lambda _: np.stack([COMMON] * margin.NEIGHBOURS))
    return Clusters()


def name(number: int) -> str:
    """A made-up name with consonants of its own."""
    letters = "bdfgklmnprst"
    return "".join(f"{letters[number // 12**place % 12]}a" for place in range(4)).capitalize()


def generated(count: int, of_one_story: int = 4) -> list[Annotated]:
    """Articles about made-up events, all in one town."""
    return [
        Annotated(
            id=f"{i:05}",
            text=f"{name(event)} opened; {name(event + 1)} and {name(7 * event)} came to Arvell with {name(i)}.",
            lang=("en", "de")[i % 2],
            published=f"2024-05-{1 + event % 28:02}",
        )
        for i in range(count)
        for event in [i // of_one_story]
    ]


def test_groups_are_those_of_average_linkage_over_all_pairs(clusters, monkeypatch):
    """Neither blocks nor parts may change what is found."""
    articles = sorted(generated(60), key=early)
    table = Evidence(offers(articles, clusters)).table(np.arange(60))
    wanted = [tuple(articles[i].id for i in group) for group in average_linkage(table, THRESHOLD)]
    assert 1 < len(wanted) < 60
    for block in (7, 256):
        monkeypatch.setattr("sayso.linking.stories.evidence._BLOCK", block)
        assert [story.articles for story in stories(articles, clusters)] == wanted


def test_articles_that_come_one_batch_at_a_time_give_the_same_stories(clusters):
    """Kept pairs of old articles and the pairs of new ones are the pairs of a run over all, to the last bit."""
    articles = sorted(generated(60), key=early)
    made = offers(articles, clusters)
    wanted = stories(articles, clusters)
    kept: list[tuple[int, np.ndarray]] = []
    seen: list[int] = []
    for batch in ([7, 3, 50], list(range(20, 50)), [0, 1, 2, 4, 5, 6], [*range(8, 20), *range(51, 60)]):
        seen += batch
        found = Evidence([made[i] for i in seen])
        for one, others in found.near(np.arange(len(seen) - len(batch), len(seen))):
            kept.append((seen[one], np.array([seen[other] for other in others], int)))
    assert grouped(made, kept) == wanted


def test_the_stories_of_a_part_depend_on_the_part_alone(clusters):
    made = offers(sorted(generated(60), key=early), clusters)
    found = [story for part in connected(60, Evidence(made).near()) for story in together([made[i] for i in part])]
    assert {story.id: story for story in found} == {story.id: story for story in grouped(made, Evidence(made).near())}


def test_the_score_of_a_pair_is_the_same_beside_any_other_articles(clusters):
    made = offers(generated(60), clusters)
    alone, among = Evidence(made[:2]).table(np.arange(2)), Evidence(made[::-1]).table(np.arange(60))[::-1, ::-1]
    assert np.array_equal(alone, among[:2, :2])
    assert np.array_equal(among, among.T)


def test_likeness_is_high_within_a_story_and_low_between(clusters):
    made = offers(generated(60), clusters)
    everything = np.arange(60)
    found = Evidence(made).likeness(everything, everything)
    same = everything[:, None] // 4 == everything[None, :] // 4
    assert 0 <= found.min() < found[~same].max() < found[same].min() <= found.max() <= 1
    assert np.array_equal(found, found.T)


@pytest.mark.parametrize("forms", [("Карлсон", "Карлсоном", "Carlson"), ("Ростове", "Ростов", "Rostov")])
def test_a_name_is_heard_in_any_case_and_script(forms):
    assert len({sound_key(form) for form in forms}) == 1


def test_rare_names_count_more_than_common_ones():
    assert 0 < rarity("the") < rarity("bridge")
    assert name_rarity("Monday") < name_rarity("Panama") < name_rarity("Mossack")


def test_records_alone_are_joined_by_what_they_count():
    def told(id: str, scope: str, value: float, day: str | None, as_of: str | None = None) -> Annotated:
        figure = Figure(Span(0, 0), value, "deaths", scope=scope, as_of=as_of)
        return Annotated(id=id, text=None, lang="en", published=day, figures=(figure,))

    rows = [
        told("a", "Arvell earthquake", 1204, "2024-05-06"),
        told("b", "Arvell earthquake", 1310, None, "2024-05-07"),
        told("d", "Tolvik ferry", 31, "2024-05-06"),
    ]
    assert {story.articles for story in stories(rows, None)} == {("a", "b"), ("d",)}


def test_an_offer_can_be_kept(clusters):
    made = offers(generated(3), clusters)
    packed = msgspec.msgpack.encode(made)
    assert msgspec.msgpack.decode(packed, type=list[Offer]) == made


def test_memory_does_not_grow_with_the_square_of_the_articles(clusters):
    articles = generated(1200)
    rarity("harbour")  # reads the vocabulary, which stays
    tracemalloc.start()
    found = stories(articles, clusters)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found) == 300
    assert peak < 30e6, peak  # with tables of all pairs 50 MB


@given(st.integers(0, 12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=15))
def test_connected_parts_are_those_of_groups(n, pairs):
    pairs = [(a, b) for a, b in pairs if max(a, b) < n]
    groups: Groups[int] = Groups(range(n))
    for a, b in pairs:
        groups.join(a, b)
    found = connected(n, ((a, np.array([b])) for a, b in pairs))
    assert [part.tolist() for part in found] == groups.lists()


def test_average_linkage_joins_by_the_mean():
    scores = np.array([[1, 0.9, 0.6], [0.9, 1, 0.2], [0.6, 0.2, 1]], np.float32)
    assert average_linkage(scores, 0.5) == [[0, 1], [2]]
    assert average_linkage(scores, 0.3) == [[0, 1, 2]]
    assert average_linkage(np.zeros((0, 0), np.float32), 0.5) == []


@given(st.integers(1, 7), st.lists(st.integers(0, 3), min_size=21, max_size=21))
def test_average_linkage_is_that_of_the_textbook(n, values):
    scores = np.zeros((n, n), np.float32)
    scores[np.triu_indices(n, 1)] = values[: n * (n - 1) // 2]
    scores += scores.T
    groups = [[i] for i in range(n)]
    while len(groups) > 1:
        pairs = list(itertools.combinations(range(len(groups)), 2))
        means = [scores[np.ix_(groups[a], groups[b])].mean() for a, b in pairs]
        best = max(means)
        if best < 1.5 or sum(abs(mean - best) < 1e-6 for mean in means) > 1:
            break  # what follows a tie is for the lowest indices, which the textbook leaves open
        a, b = pairs[means.index(best)]
        groups[a], groups = sorted(groups[a] + groups[b]), groups[:b] + groups[b + 1 :]
    found = average_linkage(scores, 1.5)
    assert all(any(set(group) <= set(other) for other in found) for group in groups)


def test_average_linkage_never_joins_what_must_stay_apart():
    scores = np.array([[1, 0.9, -np.inf], [0.9, 1, 0.8], [-np.inf, 0.8, 1]], np.float32)
    assert average_linkage(scores, 0.1) == [[0, 1], [2]]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=15))
def test_groups_are_the_connected_parts(pairs):
    groups: Groups[int] = Groups(range(10))
    for a, b in pairs:
        groups.join(a, b)
    found = groups.lists()
    assert sorted(thing for group in found for thing in group) == list(range(10))
    assert all(groups.of(a) == groups.of(b) for a, b in pairs)
    assert all(groups.of(group[0]) == group[0] for group in found)
