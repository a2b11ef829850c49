package io.github.istioegress.manifest;

import static io.github.istioegress.manifest.Reading.codes;
import static io.github.istioegress.manifest.Reading.findings;
import static io.github.istioegress.manifest.Reading.read;
import static io.github.istioegress.manifest.Reading.serviceEntry;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputTest {

  /** Ends a test that would never end; how fast reading is, a benchmark says. */
  private static final Duration SOON = Duration.ofMinutes(2);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: [",
        "a: 'b",
        "a: b: c",
        "\ta: b",
        "a: @b",
        "- a\nb: c",
        "a: \"\\z\"",
        "{",
        "]"
      })
  void textThatIsNoYaml(String text) {
    assertThat(findings(text)).singleElement().asString().startsWith("EGR901 in.yaml:");
  }

  @Test
  void whatStandsBeforeABreakIsRead() {
    ReadManifests read = read(serviceEntry("hosts: [a.example]") + "---\na: [\n");
    assertThat(codes(read)).containsExactly("EGR901 in.yaml:8:1");
    assertThat(read.resources().size()).isEqualTo(1);
  }

  @Test
  void templatesAreNoYaml() {
    assertThat(findings("name: {{ .Values.name }}\n")).containsExactly("EGR901 in.yaml:1:8");
  }

  @Test
  void aRepeatedKey() {
    assertThat(findings(serviceEntry("hosts: [a.example]", "hosts: [b.example]")))
        .containsExactly("EGR904 in.yaml:6:3");
  }

  @Test
  void anAliasIsNotFollowed() {
    assertThat(findings(serviceEntry("hosts: &h [a.example]", "addresses: *h")))
        .containsExactly("EGR906 in.yaml:6:14");
  }

  @Test
  void anAnchorThatNobodyUsesIsHarmless() {
    assertThat(findings(serviceEntry("hosts: &h [a.example]"))).isEmpty();
  }

  @Test
  void aMergeKeyIsNotFollowed() {
    assertThat(findings(serviceEntry("<<: {hosts: [a.example]}")))
        .containsExactly("EGR906 in.yaml:5:3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hosts: !!javax.script.ScriptEngineManager [a]",
        "hosts: !x [a]",
        "hosts: !!set {a, b}",
        "resolution: !!str DNS"
      })
  void aTagNamesNoClass(String line) {
    assertThat(findings(serviceEntry(line)))
        .isNotEmpty()
        .first()
        .asString()
        .startsWith("EGR907 in.yaml:5:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: \u0000", "a: \u001b[0m", "a: \uFFFD", "a: \uD800", "a: \u007f"})
  void charactersThatAreNoText(String text) {
    assertThat(findings("# first\n" + text)).containsExactly("EGR908 in.yaml:2:4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n---\n", "a: b\n", "null\n"})
  void nothingToRead(String text) {
    assertThat(findings(text)).containsExactly("EGR909 in.yaml");
  }

  @Test
  void noFilesAreNothingToRead() {
    assertThat(codes(new ManifestReader().read(List.of()))).containsExactly("EGR909 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"just words\n", "- a\n", "80\n"})
  void aDocumentThatIsNoMapping(String text) {
    assertThat(findings(text)).containsExactly("EGR902 in.yaml:1:1");
  }

  @Test
  void tooDeep() {
    quickly("EGR905", "a: " + "[".repeat(200_000));
    quickly("EGR905", "a: " + "{a: ".repeat(100_000));
    quickly("EGR905", "- ".repeat(100_000));
  }

  @Test
  void tooLarge() {
    quickly("EGR905", "a: " + "x".repeat(ReaderLimits.CHARACTERS));
  }

  @Test
  void tooMany() {
    quickly("EGR905", "a: [" + "1,".repeat(ReaderLimits.NODES) + "1]");
  }

  @Test
  void aBillionLaughs() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [lol]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d,".formatted(i - 1).repeat(9)));
    }
    quickly("EGR906", bomb.toString());
  }

  @Test
  void anAliasToItself() {
    quickly("EGR906", serviceEntry("hosts: &h [*h]"));
  }

  @Test
  void aNumberOfAMillionDigits() {
    quickly("EGR902", serviceEntry("ports:", "- number: " + "9".repeat(1_000_000)));
  }

  @Test
  void manyFaultsAreNoFlood() {
    ReadManifests read = read(serviceEntry("hosts: [a.example]") + "a: !x b\n".repeat(100_000));
    assertThat(read.findings()).hasSizeLessThanOrEqualTo(ReaderLimits.FINDINGS);
  }

  private static void quickly(String code, String text) {
    Assertions.assertTimeoutPreemptively(
        SOON,
        () -> {
          ReadManifests read = read(text);
          assertThat(codes(read)).first().asString().startsWith(code);
          assertThat(read.findings()).allMatch(finding -> finding.message().length() < 4_000);
        });
  }
}
