"""No step asks for what identifies a patient: each test's docstring is the playbook."""

from __future__ import annotations


def test_names_of_patients(found: list[str]) -> None:
    """
    # Nobody is asked to type who a patient is.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          list:
            ask: {ja: 待っている患者さんのお名前を入力してください, en: Type who is waiting}
            takes: text
            source: our own
          born:
            ask: {ja: どなたか入力してください, en: Please type the date of birth}
            takes: number
            value: born
            source: our own
    """
    assert found == [
        "demo.yaml:11: the step `list` has people type what identifies a patient (`お名前`) (ask for a number of people, or say that patients must be left out)",
        "demo.yaml:15: the step `born` has people type what identifies a patient (`date of birth`) (ask for a number of people, or say that patients must be left out)",
    ]


def test_photos_of_patients(found: list[str]) -> None:
    """
    # No photo is asked for on which a patient could be known.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          chart:
            ask: {ja: 紙のカルテを撮ってください, en: Photograph the paper}
            takes: photo
            source: our own
          list:
            ask: {ja: 画面を撮ってください, en: Photograph the patient list}
            takes: photo
            source: our own
    """
    assert found == [
        "demo.yaml:11: the step `chart` has people photograph what identifies a patient (`カルテ`) (ask for another picture, or say that patients must be left out)",
        "demo.yaml:15: the step `list` has people photograph what identifies a patient (`patient list`) (ask for another picture, or say that patients must be left out)",
    ]


def test_leaving_patients_out(found: list[str]) -> None:
    """
    # Counting patients is fine, and so is saying that they must not be seen; a vendor's name is no patient's.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          screen:
            ask:
              ja: 電子カルテの画面を撮ってください。患者さんの名前は写さないでください。
              en: Photograph the screen of the record system. Keep patients' names out of it.
            takes: photo
            source: our own
          count:
            ask: {ja: 情報が漏れた患者さんの人数を入力してください, en: Type the number of patients whose names leaked}
            takes: number
            value: persons
            source: our own
          who:
            ask: {ja: 電話に出た担当者の名前を入力してください, en: Type the name of whoever answered the phone}
            takes: text
            source: our own
    """
    assert found == []
