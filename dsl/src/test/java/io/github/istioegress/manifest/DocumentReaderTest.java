package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentReaderTest {

  private final List<Finding> findings = new ArrayList<>();

  private List<Document> documents(String text) {
    return DocumentReader.read(new SourceFile("in.yaml", text), findings);
  }

  private Document document(String text) {
    List<Document> documents = documents(text);
    assertThat(findings).isEmpty();
    assertThat(documents).hasSize(1);
    return documents.get(0);
  }

  @Test
  void documentsComeInOrderAndEmptyOnesNotAtAll() {
    assertThat(documents("a: 1\n---\n---\n# c\n---\nb: 2\n...\n---\n~\n"))
        .extracting(document -> document.tree().toString())
        .containsExactly("{\"a\":1}", "{\"b\":2}");
  }

  @Test
  void everyFormOfAScalar() {
    assertThat(
            document(
                    """
                    plain: a b
                    single: 'it''s'
                    double: "a\\tb"
                    quoted: "80"
                    number: 80
                    truth: true
                    nothing:
                    tilde: ~
                    block: |
                      a
                       b
                    folded: >-
                      a
                      b
                    long plain
                      : c
                    """
                        .replace("long plain\n  :", "several words:"))
                .tree()
                .toString())
        .isEqualTo(
            "{\"plain\":\"a b\",\"single\":\"it's\",\"double\":\"a\\tb\",\"quoted\":\"80\","
                + "\"number\":80,\"truth\":true,\"nothing\":null,\"tilde\":null,"
                + "\"block\":\"a\\n b\\n\",\"folded\":\"a b\",\"several words\":\"c\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "'a: {b: 1}',a.b,1:5",
    "'a:\n- b\n- c: 1',a[1].c,3:3",
    "'a:\n  - - x\n    - y',a[0][1],3:7",
    "'? a\n: b',a,1:3",
    "'\"a\": b',a,1:1",
    "'é: {ü: 1}',é.ü,1:5",
    "'a: |\n  x\nb: 1',b,3:1",
    "'a: &x {b: 1}',a.b,1:8"
  })
  void aFieldStandsAtItsKeyAndAnItemAtItsBegin(String text, String path, String place) {
    Place found = document(text).place().nearest(path);
    assertThat(found.line() + ":" + found.column()).isEqualTo(place);
  }

  @Test
  void anAmbiguousWordKeepsItsText() {
    Document document = document("a: on\nb: \"on\"\nc: [0o14]\n");
    assertThat(document.place().nearest("a").ambiguous()).isEqualTo("on");
    assertThat(document.place().nearest("b").ambiguous()).isEmpty();
    assertThat(document.place().nearest("c[0]").ambiguous()).isEqualTo("0o14");
  }

  @Test
  void theFirstOfRepeatedKeysIsTaken() {
    assertThat(documents("a: 1\na: 2\n")).hasSize(1);
    assertThat(documents("a: 1\na: 2\n").get(0).tree().path("a").asInt()).isEqualTo(1);
    assertThat(findings.get(0).message()).contains("line 1");
  }

  @Test
  void whatIsBehindAnAliasIsNothing() {
    List<Document> documents = documents("a: &x [1]\nb: *x\nc: [*x, 2]\n");
    assertThat(documents.get(0).tree()).hasToString("{\"a\":[1],\"b\":null,\"c\":[null,2]}");
    assertThat(findings).hasSize(2).allMatch(finding -> finding.code().code().equals("EGR906"));
  }

  @Test
  void theDepthThatIsAllowedIsRead() {
    String deep = "a: " + "[".repeat(ReaderLimits.DEPTH - 1) + "]".repeat(ReaderLimits.DEPTH - 1);
    document(deep);
    documents("a: " + "[".repeat(ReaderLimits.DEPTH) + "]".repeat(ReaderLimits.DEPTH));
    assertThat(findings).singleElement().extracting(f -> f.code().code()).isEqualTo("EGR905");
  }

  @Test
  void aFaultSaysWhatTheParserSays() {
    documents("a: 1\nb: [1\n");
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).message()).startsWith("The text is not YAML: expected ',' or ']'");
    assertThat(findings.get(0).location().line()).isEqualTo(3);
  }
}
