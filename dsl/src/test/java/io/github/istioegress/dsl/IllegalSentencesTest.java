package io.github.istioegress.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sentences that must not compile. The second column is where the compiler has to point: the wrong
 * word itself, with all that follows it on its line.
 */
class IllegalSentencesTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Egress.to("a.example").via(gateway);                          | .via(gateway);
          Egress.to("a.example").direct();                              | .direct();
          Egress.to("a.example").named("cnn");                          | .named("cnn");
          Egress.to("a.example").visible(Visibility.MESH_DEFAULT);      | .visible(Visibility.MESH_DEFAULT);
          Egress.to("a.example").to("b.example");                       | .to("b.example");
          Egress.to("a.example").port(80).port(443);                    | .port(443);
          Egress.to("a.example").port(80).http(80);                     | .http(80);
          Egress.to("a.example").http(80).tls(443);                     | .tls(443);
          Egress.to("a.example").tls(443).port(443);                    | .port(443);
          Egress.to("a.example").tls(443).named("cnn").via(gateway);    | .named("cnn").via(gateway);
          Egress.to("a.example").tls(443).portNamed("web");             | .portNamed("web");
          Egress.to("a.example").tls(443).subset("cnn");                | .subset("cnn");
          Egress.to("a.example").port(80).declaredAs(DeclaredProtocol.HTTP); | .declaredAs(DeclaredProtocol.HTTP);
          Egress.to("a.example").port(80).visible(Visibility.AS_ASKED); | .visible(Visibility.AS_ASKED);
          Egress.to("a.example").port(80).direct().via(gateway);        | .via(gateway);
          Egress.to("a.example").port(80).direct().direct();            | .direct();
          Egress.to("a.example").port(80).via(gateway).via(gateway);    | .via(gateway);
          Egress.to("a.example").port(80).via(gateway).direct();        | .direct();
          Egress.to("a.example").port(80).via(gateway).port(443);       | .port(443);
          Egress.to("a.example").port(80).via(gateway).tls(443);        | .tls(443);
          Egress.to("a.example").port(80).via(gateway).to("b.example"); | .to("b.example");
          Egress.to("a.example").port(80).via(gateway).build();         | .build();
          Egress.to("a.example").port(80).via(gateway).from(shop);      | .from(shop);
          Egress.to("a.example").port(80).via();                        | .via();
          Egress.to("a.example").port(80).via("istio-egressgateway");   | "istio-egressgateway");
          Egress.to("a.example").port(80).via(shop);                    | shop);
          Egress.to("a.example").port(80).direct(gateway);              | .direct(gateway);
          Egress.to("a.example").port("80").direct();                   | "80").direct();
          Egress.to("a.example").port(80L).direct();                    | 80L).direct();
          Egress.to("a.example").port().direct();                       | .port().direct();
          Egress.to("a.example").https(443).direct();                   | .https(443).direct();
          Egress.to("a.example").tcp(5432).via(gateway);                | .tcp(5432).via(gateway);
          Egress.to("a.example").grpc(50051).direct();                  | .grpc(50051).direct();
          Egress.to("a.example").tls(443).originateTls();               | .originateTls();
          Egress.to("a.example").tls(443).timeout(3);                   | .timeout(3);
          Egress.to("a.example").tls(443).allow("/x");                  | .allow("/x");
          Egress.to("a.example").direct().clientCertificate("x");       | .direct().clientCertificate("x");
          Egress.toAnyOf("*.example").tls(443);                         | .toAnyOf("*.example").tls(443);
          Egress.toCidr("10.0.0.0/8").http(80);                         | .toCidr("10.0.0.0/8").http(80);
          Egress.to(443).direct();                                      | 443).direct();
          Egress.to();                                                  | .to();
          Egress.port(80).via(gateway);                                 | .port(80).via(gateway);
          new Egress();                                                 | new Egress();
          new Egress.To(null, null);                                    | new Egress.To(null, null);
          new Egress.Path(null, null, null);                            | new Egress.Path(null, null, null);
          new Origin("a", "b", 1);                                      | new Origin("a", "b", 1);
          Egress said = null; said.to("a.example").via(gateway);        | .via(gateway);
          class Mine extends Egress {}                                  | Egress {}
          class Mine implements EgressPath {}                           | class Mine implements EgressPath {}
          EgressIntent said = Egress.to("a.example").port(80);          | (80);
          EgressIntent said = Egress.to("a.example");                   | ("a.example");
          plan.namespace(shop, Egress.to("a.example").port(80));        | .namespace(shop, Egress.to("a.example").port(80));
          plan.namespace(shop, Egress.to("a.example"));                 | .namespace(shop, Egress.to("a.example"));
          plan.namespace("shop", Egress.to("a.example").port(80).direct()); | .namespace("shop", Egress.to("a.example").port(80).direct());
          plan.namespace(Egress.to("a.example").port(80).direct());     | ());
          EgressPlan.on("1.31");                                        | "1.31");
          EgressPlan.on(IstioVersion.V1_31);                            | .V1_31);
          Mesh.istio("1.31");                                           | "1.31");
          Mesh.istio(IstioVersion.V1_31).registryOnly("x");             | .registryOnly("x");
          EgressGateway.named("edge").port(80, 8080);                   | .port(80, 8080);
          EgressGateway.named("edge").labelled("istio", "edge");        | .labelled("istio", "edge");
          EgressGateway.named("edge").in("egress").port(80, 8080);      | .port(80, 8080);
          EgressGateway.istioDefault().port(8080);                      | .port(8080);
          EgressGateway unplaced = EgressGateway.named("edge");         | ("edge");
          EgressGateway all = EgressGateway.named("edge").in("egress"); | ("egress");
          Egress.to("a.example").port(80).via(EgressGateway.named("edge").in("egress")); | ("egress"));
          MeshNamespace.named("shop").injected(true);                   | .injected(true);
          gateway.ports().add(8080);                                    | 8080);
          """)
  void illegalSentencesDoNotCompile(String statement, String wrongWord) {
    Compiled compiled = SentenceSource.compile(statement);
    assertThat(compiled.mistakes()).as(statement).isNotEmpty();
    assertThat(compiled.mistakes().get(0).line()).isEqualTo(SentenceSource.SENTENCE_LINE);
    assertThat(compiled.mistakes().get(0).at())
        .as("where the compiler points: %s", compiled.mistakes().get(0).message())
        .isEqualTo(wrongWord);
  }
}
