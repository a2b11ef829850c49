package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is read in another way than YAML, and says the same. */
class DataFileTest {

  /** The reader of YAML takes JSON too. */
  private static PlacedValue asYaml(String text) {
    return DataFile.read(new SourceFile("in", text)).orElseThrow();
  }

  private static PlacedValue asJson(String text) {
    assertThat(JsonData.isPlain(text)).as(text).isTrue();
    return JsonData.read("in", text, new DataFile.Listed("", item -> {}));
  }

  @Property(tries = 500)
  void jsonSaysWhatTheReaderOfYamlTakesItFor(@ForAll("objects") String text) {
    assertThat(asJson(text)).isEqualTo(asYaml(text));
  }

  @Provide
  Arbitrary<String> objects() {
    Arbitrary<String> word =
        Arbitraries.strings().withChars("ab:#,[]{}'&*!%@-.~ é漢").ofMaxLength(6);
    Arbitrary<String> text = word.map(w -> '"' + w + '"');
    Arbitrary<String> leaf =
        Arbitraries.oneOf(
            text,
            Arbitraries.integers().map(String::valueOf),
            Arbitraries.of(
                "true",
                "false",
                "null",
                "1.50",
                "-0",
                "12345678901234567890",
                "1e3",
                "\"a\\nb\"",
                "\"a\\\"b\"",
                "\"\\u00e9\"",
                "\"\\\\\""));
    Arbitrary<String> value =
        Arbitraries.lazyOf(
            () -> leaf,
            () -> leaf,
            () -> objects(),
            () -> leaf.list().ofMaxSize(3).map(items -> "[" + String.join(", ", items) + "]"));
    return value
        .list()
        .ofMaxSize(4)
        .map(
            values -> {
              List<String> fields = new ArrayList<>();
              for (int i = 0; i < values.size(); i++) {
                fields.add("\"k%d\": %s".formatted(i, values.get(i)));
              }
              return "{" + String.join(",\n ", fields) + "}";
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": 1, \"a\": 2}",
        "[1]",
        "1",
        "",
        "{\"a\": 1} {\"b\": 2}",
        "{\"a\": 01}",
        "{a: 1}",
        "{\"a\": 1,}",
        "{\"a\": NaN}",
        "{\"a\": 1"
      })
  void whatIsNotQuitePlainIsLeftToTheReaderOfYaml(String text) {
    assertThat(JsonData.isPlain(text)).isFalse();
  }

  @Test
  void depthHasALimitInBoth() {
    String deep = "{\"a\":".repeat(60) + "1" + "}".repeat(60);
    assertThat(JsonData.isPlain(deep)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFile.read(new SourceFile("in.json", deep)))
        .withMessageContaining("EGR905");
  }

  @ParameterizedTest
  @ValueSource(strings = {"in.json", "in.yaml"})
  void aListIsHandedOnItemByItemAndNotHeld(String name) {
    List<PlacedValue> items = new ArrayList<>();
    PlacedValue root =
        DataFile.read(
                new SourceFile(name, "{\"list\": [1,\n 2], \"other\": {\"list\": [3]}}"),
                new DataFile.Listed("list", items::add))
            .orElseThrow();
    assertThat(items).containsExactly(new PlacedValue(1, name, 1), new PlacedValue(2, name, 2));
    PlacedValue inner = new PlacedValue(List.of(new PlacedValue(3, name, 2)), name, 2);
    assertThat(root.fields().orElseThrow())
        .isEqualTo(
            Map.of(
                "list", new PlacedValue(List.of(), name, 1),
                "other", new PlacedValue(Map.of("list", inner), name, 2)));
  }

  @Test
  void nothingIsHandedOnAfterWhatCannotBeRead() {
    List<PlacedValue> items = new ArrayList<>();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                DataFile.read(
                    new SourceFile("in.yaml", "list:\n- 1\n- !x 2\n- 3\n"),
                    new DataFile.Listed("list", items::add)))
        .withMessageContaining("in.yaml:3:3")
        .withMessageContaining("EGR907");
    assertThat(items).hasSize(1);
  }
}
