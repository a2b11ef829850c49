package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.istio.api.networking.v1.ServiceEntryBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Values never become structure: a YAML 1.1 and a YAML 1.2 reader read what was written. */
class HostileTextTest {

  private static final int TRIES = 200;

  private final ManifestWriter writer = new ManifestWriter();

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> known =
        Arbitraries.of(
            "",
            " ",
            "~",
            "null",
            "y",
            "N",
            "on",
            "Off",
            "yes",
            "TRUE",
            "false",
            "0o14",
            "014",
            "0x1F",
            "0b11",
            "1_000",
            "1e3",
            "1.5",
            ".5",
            "+1",
            "-0",
            "1:20",
            "190:20:30.15",
            ".inf",
            "-.INF",
            ".nan",
            "2026-01-01",
            "2026-01-01T00:00:00Z",
            "=",
            "<<",
            "*a",
            "&a",
            "!a",
            "!!str",
            "%a",
            "@a",
            "`a",
            "|",
            ">",
            "- a",
            "-",
            "---",
            "...",
            "? a",
            ":",
            "a:",
            "a: b",
            "a #b",
            "#",
            "[a]",
            "{a}",
            "{{ .Values.a }}",
            "${a}",
            ",",
            "'",
            "\"",
            "\\",
            "a\nb",
            "\n",
            "a\n",
            "a\n\n",
            "\na",
            " a\nb",
            "a \nb",
            "a\n  b\n c",
            "a\n# b\n---\nc: d",
            "\t",
            "a\tb",
            "\r",
            "a\r\nb",
            "\u0085",
            "\u2028",
            "\u00a0",
            "\ufeff",
            "\u0000",
            "\u001b[0m",
            "\u202e",
            "ümlaut",
            "日本",
            "😀",
            "1.31",
            "1-31",
            "v1",
            "./a",
            "../a",
            "/",
            ".",
            "..",
            "a@b",
            "https://a:443/b?c=d&e",
            "a::b",
            "10.0.0.1",
            "::1",
            "10s",
            "1.5h",
            "5d");
    Arbitrary<String> anything =
        Arbitraries.strings()
            .withChars("ab01 :#-?[]{},&*!|>'\"%@`~=<\\/.\n\t\r_+\u0000\u0085\u00e9\u2028")
            .ofMaxLength(12);
    Arbitrary<String> unicode =
        Arbitraries.strings().all().ofMaxLength(8).filter(HostileTextTest::isWhole);
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(2, known),
        net.jqwik.api.Tuple.of(4, anything),
        net.jqwik.api.Tuple.of(2, unicode));
  }

  private static boolean isWhole(String text) {
    return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  @Property(tries = TRIES)
  void readersOfBothVersionsReadWhatWasWritten(
      @ForAll("hostile") String key,
      @ForAll("hostile") String value,
      @ForAll("hostile") String item) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(key, value);
    values.put("nested", Map.of(key, Map.of(key, value), "list", List.of(item, List.of(value))));
    values.put("items", List.of(item, Map.of(key, item), value));
    values.put("last", "end");
    String text = writer.writeValues(values);
    assertThat(version11(text)).as(text).isEqualTo(values);
    assertThat(version12(text)).as(text).isEqualTo(values);
  }

  @Property(tries = TRIES)
  void ourReaderReadsWhatWasWritten(
      @ForAll("hostile") String host, @ForAll("hostile") String note) {
    ServiceEntry entry =
        new ServiceEntryBuilder()
            .withNewMetadata()
            .withName("cnn")
            .withNamespace("shop")
            .addToAnnotations("note", note)
            .addToLabels("l", host)
            .endMetadata()
            .withNewSpec()
            .withHosts(host, note)
            .endSpec()
            .build();
    ReadManifests read = Reading.read(writer.write(List.of(entry)));
    assertThat(read.findings()).isEmpty();
    assertThat(Reading.objects(read)).singleElement().isEqualTo(entry);
  }

  @Property(tries = TRIES)
  void whatStandsBareIsAStringToEveryReader(@ForAll("hostile") String text) {
    if (PlainStyle.fits(text)) {
      assertThat(version11(text)).isEqualTo(text);
      assertThat(version12(text)).isEqualTo(text);
      assertThat(PlainScalar.isAmbiguous(text)).isFalse();
      assertThat(PlainScalar.read(text).isTextual()).isTrue();
    }
  }

  private static Object version11(String text) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }

  private static Object version12(String text) {
    return new Load(LoadSettings.builder().build()).loadFromString(text);
  }
}
