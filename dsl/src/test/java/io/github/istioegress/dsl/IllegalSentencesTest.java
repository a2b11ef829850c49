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
          Egress.to("a.example").port(80).via("istio-egressgateway");   | .via("istio-egressgateway");
          Egress.to("a.example").port(80).via(shop);                    | .via(shop);
          Egress.to("a.example").port(80).direct(gateway);              | .direct(gateway);
          Egress.to("a.example").port("80").direct();                   | "80").direct();
          Egress.to("a.example").port(80L).direct();                    | 80L).direct();
          Egress.to("a.example").port().direct();                       | .port().direct();
          Egress.to("a.example").https(443).direct();                   | .https(443).direct();
          Egress.to("a.example").tcp(5432).via(gateway);                | .via(gateway);
          Egress.to("a.example").tls(443).originateTls();               | .originateTls();
          Egress.to("a.example").tls(443).timeout(3);                   | .timeout(3);
          Egress.to("a.example").tls(443).allow("/x");                  | .allow("/x");
          Egress.to("a.example").direct().clientCertificate("x");       | .direct().clientCertificate("x");
          Egress.toAnyOf("*.example").tls(443);                         | .tls(443);
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
          Mesh.istio("1.31");                                           | .istio("1.31");
          Mesh.istio(IstioVersion.V1_31).registryOnly("x");             | .registryOnly("x");
          EgressGateway.named("edge").port(80, 8080);                   | .port(80, 8080);
          EgressGateway.named("edge").labelled("istio", "edge");        | .labelled("istio", "edge");
          EgressGateway.named("edge").in("egress").port(80, 8080);      | .port(80, 8080);
          EgressGateway.istioDefault().port(8080);                      | .port(8080);
          EgressGateway unplaced = EgressGateway.named("edge");         | ("edge");
          EgressGateway all = EgressGateway.named("edge").in("egress"); | ("egress");
          Egress.to("a.example").port(80).via(EgressGateway.named("edge").in("egress")); | .via(EgressGateway.named("edge").in("egress"));
          MeshNamespace.named("shop").injected(true);                   | .injected(true);
          gateway.ports().add(8080);                                    | 8080);
          """)
  void illegalSentencesDoNotCompile(String statement, String wrongWord) {
    refused(statement, wrongWord);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Egress.to("a.example").tls(443).originateTls().via(gateway);  | .originateTls().via(gateway);
          Egress.to("a.example").port(80).originateTls();               | .originateTls();
          Egress.to("a.example").tcp(5432).originateTls();              | .originateTls();
          Egress.to("a.example").tcp(5432).at("10.1.2.3").originateTls(); | .originateTls();
          Egress.to("a.example").http(80).toPort(443);                  | .toPort(443);
          Egress.to("a.example").http(80).trusting(Ca.system());        | .trusting(Ca.system());
          Egress.to("a.example").http(80).san("a.example");             | .san("a.example");
          Egress.to("a.example").http(80).clientCertificate("c");       | .clientCertificate("c");
          Egress.to("a.example").http(80).direct().originateTls();      | .originateTls();
          Egress.to("a.example").http(80).via(gateway).originateTls();  | .originateTls();
          Egress.to("a.example").http(80).originateTls().originateTls(); | .originateTls();
          Egress.to("a.example").http(80).originateTls().tls(443);      | .tls(443);
          Egress.to("a.example").http(80).originateTls().trusting("/etc/ca.pem"); | "/etc/ca.pem");
          Egress.to("a.example").http(80).originateTls().only(Pods.labelled("app", "a")); | .only(Pods.labelled("app", "a"));
          Egress.to("a.example").http(80).originateTls().direct().only(Pods.labelled("app", "a")); | .only(Pods.labelled("app", "a"));
          Egress.to("a.example").http(80).originateTls().clientCertificate(); | .clientCertificate();
          Egress.to("a.example").http(80).originateTls().clientCertificate("c").toPort(443); | .toPort(443);
          Egress.to("a.example").http(80).originateTls().clientCertificate("c").trusting(Ca.system()); | .trusting(Ca.system());
          Egress.to("a.example").http(80).originateTls().clientCertificate("c").only(Pods.labelled("app", "a")); | .only(Pods.labelled("app", "a"));
          Egress.to("a.example").http(80).originateTls().clientCertificate("c").via(gateway).only(Pods.labelled("app", "a")); | .only(Pods.labelled("app", "a"));
          Egress.to("a.example").http(80).originateTls().clientCertificate("c").direct().named("a"); | .named("a");
          Egress.to("a.example").http(80).originateTls().clientCertificate("c").direct().only("app"); | "app");
          Egress.to("a.example").http(80).originateTls().clientCertificate("c").direct().only(); | .only();
          plan.namespace(shop, Egress.to("a.example").http(80).originateTls()); | .namespace(shop, Egress.to("a.example").http(80).originateTls());
          plan.namespace(shop, Egress.to("a.example").http(80).originateTls().clientCertificate("c").direct()); | .namespace(shop, Egress.to("a.example").http(80).originateTls().clientCertificate("c").direct());
          EgressIntent said = Egress.to("a.example").http(80).originateTls(); | ();
          EgressIntent said = Egress.to("a.example").http(80).originateTls().clientCertificate("c").direct(); | ();
          Egress.to("a.example").tcp(5432).direct();                    | .direct();
          Egress.to("a.example").tcp(5432).via(gateway.overIstioMutualTls()); | .via(gateway.overIstioMutualTls());
          Egress.to("a.example").http(80).at("10.1.2.3").direct();      | .at("10.1.2.3").direct();
          Egress.to("a.example").tls(443).at("10.1.2.3").direct();      | .at("10.1.2.3").direct();
          Egress.to("a.example").tcp(5432).at("10.1.2.3").at("10.1.2.4"); | .at("10.1.2.4");
          Egress.to("a.example").tcp(5432).direct().at("10.1.2.3");     | .direct().at("10.1.2.3");
          Egress.to("a.example").http(80).via(gateway.overIstioMutualTls()).via(gateway); | .via(gateway);
          Egress.to("a.example").http(80).via(gateway).overIstioMutualTls(); | .overIstioMutualTls();
          Egress.to("a.example").http(80).direct().overIstioMutualTls(); | .overIstioMutualTls();
          gateway.overIstioMutualTls().overIstioMutualTls();            | .overIstioMutualTls();
          gateway.overIstioMutualTls().port(80, 8080);                  | .port(80, 8080);
          EgressGateway.named("edge").in("egress").overIstioMutualTls(); | .overIstioMutualTls();
          Egress.toAnyOf("*.example").direct();                         | .direct();
          Egress.toAnyOf("*.example").via(gateway);                     | .via(gateway);
          Egress.toAnyOf("*.example").http(80).direct();                | .http(80).direct();
          Egress.toAnyOf("*.example").dynamicDns(mesh).tcp(5432);           | .tcp(5432);
          Egress.toAnyOf("*.example").dynamicDns(mesh).http(80).via(gateway.overIstioMutualTls()); | ());
          Egress.toAnyOf("*.example").dynamicDns(mesh).grpc(80).direct(); | .grpc(80).direct();
          Egress.toAnyOf("*.example").dynamicDns(mesh).http2(80).direct(); | .http2(80).direct();
          Egress.toAnyOf("*.example").dynamicDns(mesh).http(80).via(gateway).from(callers); | .from(callers);
          Egress.toAnyOf("*.example").dynamicDns(mesh).tls(443).via(gateway); | .via(gateway);
          Egress.toAnyOf("*.example").dynamicDns(mesh).tls(443).via(gateway.overIstioMutualTls()); | .via(gateway.overIstioMutualTls());
          Egress.toAnyOf("*.example").dynamicDns(mesh).http(80).originateTls(); | .originateTls();
          Egress.toAnyOf("*.example").dynamicDns(mesh).unresolved();        | .unresolved();
          Egress.toAnyOf("*.example").dynamicDns(mesh).direct();            | .direct();
          Egress.toAnyOf("*.example").unresolved().tcp(5432);           | .tcp(5432);
          Egress.toAnyOf("*.example").unresolved().http(80).via(gateway); | .via(gateway);
          Egress.toAnyOf("*.example").unresolved().tls(443).via(gateway); | .via(gateway);
          Egress.toAnyOf("*.example").unresolved().tls(443).via(gateway.overIstioMutualTls()); | .via(gateway.overIstioMutualTls());
          Egress.toAnyOf("*.example").unresolved().http(80).originateTls(); | .originateTls();
          Egress.toAnyOf("*.example").servedBy("a.example").http(80);   | .http(80);
          Egress.toAnyOf("*.example").servedBy("a.example").tcp(5432);  | .tcp(5432);
          Egress.toAnyOf("*.example").servedBy("a.example").dynamicDns(mesh); | .dynamicDns(mesh);
          Egress.toAnyOf("*.example").servedBy("a.example").tls(443).direct(); | .direct();
          Egress.toAnyOf("*.example").servedBy("a.example").tls(443).originateTls(); | .originateTls();
          Egress.toAnyOf("*.example").servedBy("a.example").tls(443).via(gateway.overIstioMutualTls()); | ());
          Egress.toAnyOf("*.example").servedBy(gateway).tls(443);       | gateway).tls(443);
          Egress.to("a.example").servedBy("b.example");                 | .servedBy("b.example");
          Egress.to("a.example").dynamicDns(mesh); | .dynamicDns(mesh);
          Egress.to("a.example").unresolved();                          | .unresolved();
          Pods.labelled("app");                                         | .labelled("app");
          new Egress.Originated(null, null, null);                      | new Egress.Originated(null, null, null);
          class Mine implements Serving {}                              | class Mine implements Serving {}
          class Mine implements Egress.Path {}                          | class Mine implements Egress.Path {}
          new SaidHost(null, null, null);                               | SaidHost(null, null, null);
          Egress.toAnyOf("*.example").unresolved().grpc(50051).via(gateway); | .via(gateway);
          Egress.toAnyOf("*.example").dynamicDns(mesh).port(80);            | .port(80);
          """)
  void illegalSentencesOfTlsBytesAndWildcardsDoNotCompile(String statement, String wrongWord) {
    refused(statement, wrongWord);
  }

  /** What no proxy on the way could do. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Egress.to("a.example").tls(443).direct().timeout(t);          | .timeout(t);
          Egress.to("a.example").tls(443).via(gateway).timeout(t);      | .timeout(t);
          Egress.to("a.example").tls(443).via(gateway).retries(2);      | .retries(2);
          Egress.to("a.example").tls(443).via(gateway).fault(Fault.abort(503)); | .fault(Fault.abort(503));
          Egress.to("a.example").tls(443).direct().mirroredTo(Egress.to("b.example").http(80).direct(), 10); | .mirroredTo(Egress.to("b.example").http(80).direct(), 10);
          Egress.to("a.example").tls(443).via(gateway).mirroredTo(Egress.to("b.example").http(80).via(gateway), 10); | .mirroredTo(Egress.to("b.example").http(80).via(gateway), 10);
          Egress.to("a.example").tcp(22).at("10.1.2.3").direct().mirroredTo(Egress.to("b.example").http(80).direct(), 10); | .mirroredTo(Egress.to("b.example").http(80).direct(), 10);
          Egress.to("a.example").http(80).direct().mirroredTo(Egress.to("b.example").tls(443).direct(), 10); | (), 10);
          Egress.to("a.example").http(80).direct().mirroredTo(Egress.to("b.example").http(80), 10); | (80), 10);
          Egress.to("a.example").http(80).direct().mirroredTo("b.example", 10); | "b.example", 10);
          Egress.to("a.example").http(80).direct().mirroredTo(Egress.to("b.example").http(80).direct()); | .mirroredTo(Egress.to("b.example").http(80).direct());
          Egress.to("a.example").http(80).mirroredTo(Egress.to("b.example").http(80).direct(), 10); | .mirroredTo(Egress.to("b.example").http(80).direct(), 10);
          Egress.to("a.example").tls(443).via(gateway).allow(Requests.get("/x")); | .allow(Requests.get("/x"));
          Egress.to("a.example").tcp(22).at("10.1.2.3").direct().timeout(t); | .timeout(t);
          Egress.to("a.example").tcp(22).at("10.1.2.3").via(gateway).retries(2); | .retries(2);
          Egress.to("a.example").port(80).via(gateway).timeout(t);      | .timeout(t);
          Egress.to("a.example").http(80).timeout(t).direct();          | .timeout(t).direct();
          Egress.to("a.example").http(80).direct().allow(Requests.get("/x")); | .allow(Requests.get("/x"));
          Egress.to("a.example").http(80).direct().from(callers);       | .from(callers);
          Egress.to("a.example").tls(443).direct().from(callers);       | .from(callers);
          Egress.to("a.example").http(80).originateTls().direct().from(callers); | .from(callers);
          Egress.to("a.example").http(80).via(gateway.plainHop()).from(callers); | .from(callers);
          Egress.to("a.example").tls(443).via(gateway.plainHop()).from(callers); | .from(callers);
          Egress.to("a.example").http(80).via(gateway.plainHop()).allow(Requests.get("/x")); | .allow(Requests.get("/x"));
          Egress.to("a.example").http(80).originateTls().via(gateway.plainHop()).from(callers); | .from(callers);
          Egress.to("a.example").http(80).from(callers).via(gateway);   | .from(callers).via(gateway);
          Egress.to("a.example").http(80).via(gateway).from("shop");    | .from("shop");
          Egress.to("a.example").http(80).via(gateway).retries("2");    | "2");
          Egress.to("a.example").http(80).via(gateway).timeout(3);      | 3);
          Egress.to("a.example").http(80).via(gateway).from(callers).via(gateway); | .via(gateway);
          Egress.toAnyOf("*.example").servedBy("a.example").tls(443).via(gateway).from(callers); | .from(callers);
          Egress.toAnyOf("*.example").unresolved().http(80).direct().timeout(t); | .timeout(t);
          Egress.toAnyOf("*.example").dynamicDns(mesh).http(80).direct().retries(1); | .retries(1);
          gateway.plainHop().overIstioMutualTls();                      | .overIstioMutualTls();
          gateway.overIstioMutualTls().plainHop();                      | .plainHop();
          HttpIntent said = Egress.to("a.example").tls(443).direct();   | ();
          GatewayIntent said = Egress.to("a.example").http(80).direct(); | ();
          GatewayIntent said = Egress.to("a.example").http(80).via(gateway.plainHop()); | (gateway.plainHop());
          Egress.toAnyOf("*.example").dynamicDns();                     | .dynamicDns();
          Egress.toAnyOf("*.example").dynamicDns(Mesh.istio(IstioVersion.V1_22)).http(80); | .dynamicDns(Mesh.istio(IstioVersion.V1_22)).http(80);
          Egress.toAnyOf("*.example").dynamicDns(Mesh.istio(IstioVersion.V1_29)).http(80); | .dynamicDns(Mesh.istio(IstioVersion.V1_29)).http(80);
          Egress.toAnyOf("*.example").dynamicDns(Mesh.istio(IstioVersion.parse("1.31"))).http(80); | .dynamicDns(Mesh.istio(IstioVersion.parse("1.31"))).http(80);
          Egress.toAnyOf("*.example").dynamicDns(mesh.target(IstioVersion.V1_30)).http(80); | (IstioVersion.V1_30)).http(80);
          Ca.configMap("partner-ca", Mesh.istio(IstioVersion.V1_25));   | .configMap("partner-ca", Mesh.istio(IstioVersion.V1_25));
          Waypoint.in("egress").named("edge").on(mesh);                 | mesh);
          Waypoint.in("egress").named("edge").on(Mesh.istio(IstioVersion.V1_24).ambient()); | ());
          Waypoint.in("egress").on(mesh.ambient());                     | .on(mesh.ambient());
          Egress.to("a.example").http(80).via(waypoint).via(gateway);   | .via(gateway);
          Egress.toAnyOf("*.example").unresolved().tls(443).via(waypoint); | .via(waypoint);
          Egress.toAnyOf("*.example").servedBy("a.example").tls(443).via(waypoint); | waypoint);
          Egress.to("a.example").tls(443).via(waypoint).timeout(t);     | .timeout(t);
          Egress.to("a.example").tls(443).via(waypoint).allow(Requests.get("/x")); | .allow(Requests.get("/x"));
          Ca.configMap("partner-ca");                                   | .configMap("partner-ca");
          VersionedMesh<IstioVersion.Since1_30> old = Mesh.istio(IstioVersion.V1_29); | (IstioVersion.V1_29);
          class Mine implements EgressIntent {}                         | class Mine implements EgressIntent {}
          class Mine implements HttpIntent {}                           | class Mine implements HttpIntent {}
          class Mine implements GatewayIntent {}                        | class Mine implements GatewayIntent {}
          new Sentence(null, null, null, null, null, null, null, null, null, null); | Sentence(null, null, null, null, null, null, null, null, null, null);
          """)
  void illegalPoliciesDoNotCompile(String statement, String wrongWord) {
    refused(statement, wrongWord);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Egress.to("a.example").answeredBy("b.example").tls(443);      | .tls(443);
          Egress.to("a.example").answeredBy("b.example").tcp(5432);     | .tcp(5432);
          Egress.to("a.example").answeredBy("b.example").port(443);     | .port(443);
          Egress.to("a.example").answeredBy("b.example").direct();      | .direct();
          Egress.to("a.example").answeredBy("b.example").canary("c.example", 10); | .canary("c.example", 10);
          Egress.to("a.example").http(80).answeredBy("b.example").direct(); | .answeredBy("b.example").direct();
          Egress.to("a.example").tls(443).answeredBy("b.example");      | .answeredBy("b.example");
          Egress.to("a.example").canary("b.example").http(80);          | .canary("b.example").http(80);
          Egress.to("a.example").canary("b.example", 0.1).http(80);     | 0.1).http(80);
          Egress.to("a.example").canary("b.example", 10).tcp(5432);     | .tcp(5432);
          Egress.to("a.example").canary("b.example", 10).via(gateway);  | .via(gateway);
          Egress.to("a.example").canary("b.example", 10).otherwise("c.example", mesh); | .otherwise("c.example", mesh);
          Egress.to("a.example").otherwise("b.example").http(80);       | .otherwise("b.example").http(80);
          Egress.to("a.example").otherwise("b.example", Mesh.istio(IstioVersion.V1_29)).http(80); | .otherwise("b.example", Mesh.istio(IstioVersion.V1_29)).http(80);
          Egress.to("a.example").otherwise("b.example", mesh).tcp(5432); | .tcp(5432);
          Egress.to("a.example").otherwise("b.example", mesh).answeredBy("c.example"); | .answeredBy("c.example");
          Egress.toAnyOf("*.example").answeredBy("b.example");          | .answeredBy("b.example");
          Egress.toAnyOf("*.example").canary("b.example", 10);          | .canary("b.example", 10);
          Egress.toAnyOf("*.example").otherwise("b.example", mesh);     | .otherwise("b.example", mesh);
          """)
  void illegalAnsweringHostsDoNotCompile(String statement, String wrongWord) {
    refused(statement, wrongWord);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Egress.to("a.example").http(80).via(proxy);                   | .via(proxy);
          Egress.to("a.example").grpc(80).via(proxy);                   | .via(proxy);
          Egress.to("a.example").port(443).via(proxy);                  | .via(proxy);
          Egress.to("a.example").http(80).originateTls().via(proxy);    | .via(proxy);
          Egress.to("a.example").http(80).originateTls().clientCertificate("c").via(proxy); | .via(proxy);
          Egress.to("a.example").tcp(22).via(proxy);                    | .via(proxy);
          Egress.to("a.example").via(proxy);                            | .via(proxy);
          Egress.to("a.example").canary("b.example", 10).tls(443).via(proxy); | .via(proxy);
          Egress.toAnyOf("*.example").unresolved().tls(443).via(proxy); | .via(proxy);
          Egress.toAnyOf("*.example").servedBy("a.example").tls(443).via(proxy); | proxy);
          Egress.to("a.example").tls(443).via(proxy).via(gateway);      | .via(gateway);
          Egress.to("a.example").tls(443).via(gateway).via(proxy);      | .via(proxy);
          Egress.to("a.example").tls(443).via(proxy).from(callers);     | .from(callers);
          Egress.to("a.example").tls(443).via(proxy).timeout(t);        | .timeout(t);
          Egress.to("a.example").tls(443).via(ForwardProxy.at("squid.corp.example", 3128)); | .via(ForwardProxy.at("squid.corp.example", 3128));
          Egress.to("a.example").http(80).via(gateway.through(proxy)); | .via(gateway.through(proxy));
          Egress.to("a.example").grpc(80).via(gateway.overIstioMutualTls().through(proxy)); | .via(gateway.overIstioMutualTls().through(proxy));
          Egress.to("a.example").http(80).originateTls().via(gateway.through(proxy)); | .via(gateway.through(proxy));
          Egress.to("a.example").port(443).via(gateway.through(proxy)); | .via(gateway.through(proxy));
          Egress.to("a.example").tcp(22).via(gateway.through(proxy)); | .via(gateway.through(proxy));
          Egress.to("a.example").tls(443).via(gateway).through(proxy); | .through(proxy);
          Egress.to("a.example").tls(443).via(proxy.through(gateway)); | .through(gateway));
          Egress.to("a.example").tls(443).via(gateway.plainHop().through(proxy)); | .through(proxy));
          Egress.to("a.example").tls(443).via(gateway.through(proxy).overIstioMutualTls()); | .overIstioMutualTls());
          Egress.to("a.example").tls(443).via(gateway.through(ForwardProxy.at("squid.corp.example", 3128))); | ("squid.corp.example", 3128)));
          Egress.to("a.example").tls(443).via(waypoint.through(proxy)); | .through(proxy));
          Egress.toAnyOf("*.example").servedBy("a.example").tls(443).via(gateway.through(proxy)); | (proxy));
          Egress.to("a.example").tls(443).via(gateway.through(proxy)).timeout(t); | .timeout(t);
          ForwardProxy bare = ForwardProxy.at("squid.corp.example", 3128);      | ("squid.corp.example", 3128);
          ForwardProxy bare = ForwardProxy.at("squid.corp.example").ip("10.9.0.4"); | .at("squid.corp.example").ip("10.9.0.4");
          """)
  void illegalForwardProxiesDoNotCompile(String statement, String wrongWord) {
    refused(statement, wrongWord);
  }

  private static void refused(String statement, String wrongWord) {
    Compiled compiled = SentenceSource.compile(statement);
    assertThat(compiled.mistakes()).as(statement).isNotEmpty();
    assertThat(compiled.mistakes().get(0).line()).isEqualTo(SentenceSource.SENTENCE_LINE);
    assertThat(compiled.mistakes().get(0).at())
        .as("where the compiler points: %s", compiled.mistakes().get(0).message())
        .isEqualTo(wrongWord);
  }
}
