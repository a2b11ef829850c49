package io.github.istioegress.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Location;
import io.github.istioegress.finding.ReferenceCode;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.finding.Subject;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportFormatTest {

  private static final String MANIFEST = "kind: VirtualService\nspec:\n  gateways:\n    - egres\n";

  private static Finding finding(int line, String gateway) {
    return ReferenceCode.GATEWAY_NOT_FOUND
        .at(new Location("a b.yaml", line, 7), "VirtualService shop/cnn", gateway, "Write egress")
        .about(new Subject("VirtualService", "shop", "cnn"), "spec.gateways[0]")
        .related(List.of(new Subject("Gateway", "shop", "egress")))
        .tracedAs("http://edition.cnn.com:80 from shop is blocked")
        .definedAt("com.acme.CnnEgress:14");
  }

  private static FindingReport report(Finding... findings) {
    return new FindingReport(
        "1.31", List.of(findings), 0, List.of(), List.of(), Map.of("a b.yaml", MANIFEST));
  }

  private static String rendered(String format, Finding... findings) {
    return ReportFormat.named(format).render(report(findings), TextStyle.PLAIN);
  }

  @Test
  void textShowsTheLineWithACaretAndWhatToDo() {
    assertThat(rendered("text", finding(4, "shop/egres")))
        .isEqualTo(
            """
            ERROR EGR101: Gateway not found
              --> a b.yaml:4:7  VirtualService shop/cnn  spec.gateways[0]  said at com.acme.CnnEgress:14
              4 |     - egres
                |       ^
              VirtualService shop/cnn is bound to Gateway shop/egres, which is not there: no gateway has its routes, and calls that come to one end with 404 or are refused.
              remedy: Write egress.
              call: http://edition.cnn.com:80 from shop is blocked

            1 error
            """);
    assertThat(rendered("text")).isEqualTo("nothing found\n");
  }

  @Test
  void textIsBoundedByCodeAndJsonHasAll() throws IOException {
    Finding[] many =
        IntStream.range(0, 10_000).mapToObj(i -> finding(i + 1, "g" + i)).toArray(Finding[]::new);
    assertThat(rendered("text", many).lines()).hasSizeLessThan(250);
    assertThat(rendered("text", many)).contains("EGR101: 9980 more of it", "10000 errors");
    assertThat(new ObjectMapper().readTree(rendered("json", many)).path("findings"))
        .hasSize(10_000);
  }

  @Test
  void jsonHasTheFieldsThatOthersBuildOn() throws IOException {
    JsonNode json = new ObjectMapper().readTree(rendered("json", finding(4, "shop/egres")));
    JsonNode one = json.path("findings").get(0);
    assertThat(json.path("istioVersion").asText()).isEqualTo("1.31");
    assertThat(one.path("code").asText()).isEqualTo("EGR101");
    assertThat(one.path("severity").asText()).isEqualTo("ERROR");
    assertThat(one.path("resource").path("kind").asText()).isEqualTo("VirtualService");
    assertThat(one.path("path").asText()).isEqualTo("spec.gateways[0]");
    assertThat(one.path("file").asText()).isEqualTo("a b.yaml");
    assertThat(one.path("line").asInt()).isEqualTo(4);
    assertThat(one.path("column").asInt()).isEqualTo(7);
    assertThat(one.path("definition").asText()).isEqualTo("com.acme.CnnEgress:14");
    assertThat(one.path("related").get(0).path("name").asText()).isEqualTo("egress");
    assertThat(json.path("summary")).hasToString("{\"error\":1,\"warning\":0,\"info\":0}");
  }

  @Test
  void jsonIsSortedByFileLineAndCode() throws IOException {
    JsonNode json = new ObjectMapper().readTree(rendered("json", finding(9, "a"), finding(2, "b")));
    assertThat(json.path("findings").findValuesAsText("line")).containsExactly("2", "9");
  }

  @Test
  void sarifPointsIntoYamlAndRelatesJava() throws IOException {
    JsonNode run =
        new ObjectMapper()
            .readTree(rendered("sarif", finding(4, "shop/egres")))
            .path("runs")
            .get(0);
    JsonNode result = run.path("results").get(0);
    assertThat(run.path("tool").path("driver").path("rules").get(0).path("id").asText())
        .isEqualTo("EGR101");
    assertThat(result.path("level").asText()).isEqualTo("error");
    JsonNode place = result.path("locations").get(0).path("physicalLocation");
    assertThat(place.path("artifactLocation").path("uri").asText()).isEqualTo("a%20b.yaml");
    assertThat(place.path("region")).hasToString("{\"startLine\":4,\"startColumn\":7}");
    assertThat(result.findValue("relatedLocations").findValue("uri").asText())
        .isEqualTo("com/acme/CnnEgress.java");
  }

  @Test
  void junitIsXmlWhateverTheInputHolds() throws Exception {
    Finding hostile = finding(4, "<&\"\u001b]]>\n");
    Finding mild = finding(5, "b").as(Severity.INFO);
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(rendered("junit", hostile, mild))))
            .getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("2");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(rendered("junit")).contains("tests=\"1\" failures=\"0\"", "nothing found");
  }

  @Test
  void githubCommandsAreEscaped() {
    assertThat(rendered("github", finding(4, "100%\nx")))
        .startsWith("::error file=a b.yaml,line=4,col=7,title=EGR101 Gateway not found::")
        .contains("100%25%0Ax")
        .hasLineCount(1);
  }

  @Test
  void aFormatThatIsNoneIsRefusedWithThoseThatAre() {
    assertThatThrownBy(() -> ReportFormat.named("yaml"))
        .hasMessage("istio-egress.format is 'yaml': say text, json, sarif, junit, github");
  }
}
