package io.github.istioegress.maven.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.importer.ImportedDefinition;
import io.github.istioegress.intent.Ca;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.Requests;
import io.github.istioegress.mesh.IstioVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No text of a manifest becomes Java: each evaluates to itself. */
class HostileTextTest {

  private static final String[] PIECES = {
    "\"", "\\", "\\\\", "\\u0022", "\\u000a", "\\uuu0041", "\n", "\r", "\t", "\0", "$", "$S", "$L",
    "$$", "$T", "$>", "*/", "/*", "//", "%s", "${x}", "\u2028", "\u2029", "\u202e", "\u0085", "é",
    "\ud83d\ude00", "\ufeff", "); System.exit(1); //", "'", "`", "{@code ", "<b>", " ", "a", "\f"
  };

  @Test
  void hostileTextsEvaluateToThemselves() {
    Random random = new Random(7);
    for (int run = 0; run < 20; run++) {
      EgressGateway gateway = EgressGateway.istioDefault();
      IstioInstall install = IstioInstall.named("install");
      for (int i = 0; i < 12; i++) {
        install = install.value("a" + i, text(random));
      }
      List<Requests> requests = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        requests.add(Requests.path("/" + text(random).replaceAll("[*?#\\s{}]", "")));
      }
      EgressPlan plan =
          EgressPlan.on(Mesh.istio(IstioVersion.V1_31).accessLog(text(random)).installed(install))
              .namespace(
                  MeshNamespace.named("shop"),
                  Egress.to("a.example")
                      .http(80)
                      .originateTls()
                      .trusting(Ca.file("/" + text(random).replaceAll("\\s", "") + "x"))
                      .via(gateway)
                      .allow(requests.toArray(Requests[]::new)));

      JavaProof.check(
          DslSourceWriter.write(
              "com.acme",
              List.of(
                  new ImportedDefinition(
                      List.of("shop"), plan, List.of(text(random), text(random))))));
    }
  }

  @Test
  void namesThatAreWordsOfJavaOrNearlyTheSameBecomeClassesOfTheirOwn() {
    List<ImportedDefinition> definitions = new ArrayList<>();
    for (String name :
        List.of(
            "class",
            "1st",
            "a-b",
            "aB".toLowerCase(java.util.Locale.ROOT),
            "a--b",
            "ab",
            "egress-gateways",
            "string",
            "egress")) {
      EgressPlan plan =
          EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
              .namespace(
                  MeshNamespace.named(name),
                  Egress.to("a.example").tls(443).via(EgressGateway.istioDefault()));
      definitions.add(new ImportedDefinition(List.of(name), plan, List.of()));
    }

    List<WrittenClass> written = DslSourceWriter.write("com.acme", definitions);

    JavaProof.check(written);
    assertThat(written.stream().map(one -> one.path().toLowerCase(java.util.Locale.ROOT)))
        .doesNotHaveDuplicates();
  }

  @Test
  void thousandsOfSentencesFitIntoMethods() {
    List<io.github.istioegress.intent.EgressIntent> many = new ArrayList<>();
    for (int i = 0; i < 2500; i++) {
      many.add(Egress.to("host-" + i + ".example").http(80).direct().retries(2));
    }
    EgressPlan plan =
        EgressPlan.on(Mesh.istio(IstioVersion.V1_31)).namespace(MeshNamespace.named("many"), many);

    JavaProof.check(
        DslSourceWriter.write(
            "com.acme", List.of(new ImportedDefinition(List.of("many"), plan, List.of()))));
  }

  @Test
  void packagesThatAreNoneAreRefused() {
    for (String name : List.of("", "com.acme.class", "com/acme", "a;b", "a..b", "../x")) {
      assertThatThrownBy(() -> DslSourceWriter.write(name, List.of()))
          .hasMessageContaining("istio-egress.packageName");
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(8);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
