package io.github.istioegress.manifest;

import static io.github.istioegress.manifest.Reading.findings;
import static io.github.istioegress.manifest.Reading.read;
import static io.github.istioegress.manifest.Reading.serviceEntry;
import static io.github.istioegress.manifest.Reading.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.finding.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the types would lose or change without a word. */
class LossTest {

  @Test
  void aWordOutsideTheEnumeration() {
    String text = serviceEntry("hosts: [a.example]", "resolution: DNSS");
    assertThat(findings(text)).containsExactly("EGR902 in.yaml:6:3");
    Finding finding = read(text).findings().get(0);
    assertThat(finding.message())
        .isEqualTo("ServiceEntry shop/cnn has the string 'DNSS' in spec.resolution");
    assertThat(finding.remedy())
        .isEqualTo("Write one of NONE, STATIC, DNS, DNS_ROUND_ROBIN, DYNAMIC_DNS");
  }

  @Test
  void aWrongKindOfStringMatch() {
    String text = virtualService("http:", "- match:", "  - uri: {exakt: /a}");
    assertThat(findings(text)).containsExactly("EGR703 in.yaml:7:13");
    assertThat(read(text).findings().get(0).remedy()).startsWith("Perhaps exact is meant");
  }

  @ParameterizedTest
  @ValueSource(strings = {"export_to: [.]", "exportto: [.]", "exportToo: [.]", "exprotTo: [.]"})
  void aMisspeltField(String line) {
    String text = serviceEntry("hosts: [a.example]", line);
    assertThat(findings(text)).containsExactly("EGR703 in.yaml:6:3");
    assertThat(read(text).findings().get(0).remedy()).contains("exportTo is meant");
  }

  @Test
  void aFieldOutsideTheSpec() {
    assertThat(findings(serviceEntry("hosts: [a.example]") + "hosts: [b.example]\n"))
        .containsExactly("EGR703 in.yaml:6:1");
  }

  @Test
  void aFieldThatIstioKnowsAndTheTypeLoses() {
    assertThat(
            findings(virtualService("http:", "- redirect: {redirectCode: 301, prefixRewrite: /b}")))
        .as("beside a oneof")
        .hasSize(1)
        .allMatch(finding -> finding.startsWith("EGR703"));
  }

  @Test
  void aFieldThatTheTypeKeepsUntypedIsKnown() {
    String text =
        serviceEntry("host: a.example", "trafficPolicy:", "  tls: {mode: SIMPLE, sni: a.example}")
            .replace("kind: ServiceEntry", "kind: DestinationRule");
    assertThat(findings(text)).isEmpty();
  }

  @Test
  void aFieldOnWhichTheTypeFails() {
    String text =
        serviceEntry(
                "host: a.example",
                "trafficPolicy:",
                "  loadBalancer:",
                "    consistentHash: {useSourceIp: true, ringHash: {minimumRingSize: 1024}}")
            .replace("kind: ServiceEntry", "kind: DestinationRule");
    assertThat(findings(text)).hasSize(1).allMatch(f -> f.startsWith("EGR703"));
    assertThat(read(text).resources().size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"number: \"80\"", "number: 80.5", "number: -99999999999999999999", "name: 80"})
  void aWrongType(String line) {
    assertThat(findings(serviceEntry("ports:", "- " + line))).containsExactly("EGR902 in.yaml:6:5");
  }

  @Test
  void aListForANumberLeavesTheRestReadable() {
    String text = serviceEntry("hosts: [a.example]", "ports: [{number: [80], name: http}]");
    assertThat(findings(text)).containsExactly("EGR902 in.yaml:6:12");
    assertThat(read(text).resources().size()).isEqualTo(1);
  }

  @Test
  void aWordWhereAMappingIsWanted() {
    assertThat(findings(serviceEntry("ports: [http]"))).containsExactly("EGR902 in.yaml:5:11");
    assertThat(findings(serviceEntry("ports: http"))).containsExactly("EGR902 in.yaml:5:3");
  }

  @Test
  void aSpecThatIsNoMapping() {
    assertThat(findings("apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: [1]\n"))
        .containsExactly("EGR902 in.yaml:4:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "y", "NO", "0o14", "0b11", "1_000", "1:20", "190:20:30"})
  void aBareWordThatReadersDifferAbout(String word) {
    assertThat(findings(serviceEntry("ports:", "- name: " + word)))
        .containsExactly("EGR903 in.yaml:6:5");
    assertThat(findings(serviceEntry("ports:", "- name: \"" + word + "\""))).isEmpty();
  }

  @Test
  void aBareWordInALabel() {
    assertThat(
            findings(
                "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  labels:\n    x: yes\n"))
        .containsExactly("EGR903 in.yaml:6:5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ports: []", "ports: null", "workloadSelector: {}", "endpoints: [{ports: {}}]"})
  void emptyIsAbsent(String line) {
    assertThat(findings(serviceEntry("hosts: [a.example]", line))).isEmpty();
  }

  @Test
  void zeroAndFalseAreKept() {
    assertThat(
            findings(
                virtualService("http:", "- route: [{destination: {host: a.example}, weight: 0}]")))
        .isEmpty();
  }

  @Test
  void aFieldIsToldOnce() {
    assertThat(findings(serviceEntry("resolution: [DNS]"))).containsExactly("EGR902 in.yaml:5:3");
  }
}
