package io.github.istioegress.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentences that must go on compiling as they stand, since users have written them. */
class LegalSentencesTest {

  @Test
  void theSentenceOfTheContractCompilesAsItStands() {
    assertThat(
            Compiled.of(
                    "com.acme.CnnEgress",
                    """
                    package com.acme;

                    import io.github.istioegress.dsl.Egress;
                    import io.github.istioegress.dsl.EgressDefinition;
                    import io.github.istioegress.intent.EgressGateway;
                    import io.github.istioegress.intent.EgressPlan;
                    import io.github.istioegress.intent.Mesh;
                    import io.github.istioegress.intent.MeshNamespace;
                    import io.github.istioegress.mesh.IstioVersion;

                    public class CnnEgress implements EgressDefinition {
                      @Override
                      public EgressPlan define() {
                        EgressGateway gateway = EgressGateway.istioDefault();
                        return EgressPlan.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
                            .namespace(
                                MeshNamespace.named("shop").injected(),
                                Egress.to("edition.cnn.com").port(80).via(gateway));
                      }
                    }
                    """)
                .mistakes())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EgressIntent said = Egress.to(\"edition.cnn.com\").port(80).via(gateway);",
        "EgressIntent said = Egress.to(\"edition.cnn.com\").port(443).via(gateway);",
        "EgressIntent said = Egress.to(\"edition.cnn.com\").http(8080).direct();",
        "EgressIntent said = Egress.to(\"edition.cnn.com\").tls(8443).direct();",
        "EgressIntent said = Egress.to(\"edition.cnn.com\").http(80).via(gateway);",
        "EgressIntent said = Egress.to(\"edition.cnn.com\").tls(443).via(gateway);",
        "Egress.To kept = Egress.to(\"edition.cnn.com\"); kept.port(80).direct(); kept.tls(443);",
        "Egress.Path kept = Egress.to(\"edition.cnn.com\").port(80); kept.direct();",
        "var named = Egress.to(\"edition.cnn.com\").port(80).via(gateway).named(\"cnn\");",
        "Egress.to(\"edition.cnn.com\").port(80).via(gateway).named(\"cnn\").portNamed(\"http-port\")"
            + ".subset(\"cnn\").gatewayNamed(\"g\").destinationRuleNamed(\"d\")"
            + ".virtualServiceNamed(\"v\").visible(Visibility.MESH_DEFAULT)"
            + ".declaredAs(DeclaredProtocol.HTTP);",
        "Egress.to(\"edition.cnn.com\").tls(443).direct().declaredAs(DeclaredProtocol.HTTPS);",
        "plan.namespace(shop, Egress.to(\"edition.cnn.com\").port(80).via(gateway));",
        "plan.namespace(shop);",
        "plan.namespace(shop, java.util.List.of(Egress.to(\"edition.cnn.com\").port(80).direct()));",
        "plan.namespace(shop, java.util.stream.Stream.of(\"a.example\", \"b.example\")"
            + ".map(host -> Egress.to(host).tls(443).via(gateway)).toList());",
        "plan.onMesh(Mesh.istio(IstioVersion.V1_7).registryOnly().accessLog(\"/dev/stdout\"));",
        "EgressGateway.named(\"edge\").in(\"egress\").labelled(\"istio\", \"edge\").port(80, 8080);",
        "Mesh.istio(IstioVersion.parse(\"1.30\")).allowAny().installed(IstioInstall.named(\"istio\"));",
        "EgressDefinition lambda = () -> plan;"
      })
  void legalSentencesCompile(String statement) {
    assertThat(SentenceSource.compile(statement).mistakes()).isEmpty();
  }

  /** The use-cases 3 to 7 first, in today's words. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Egress.to(\"edition.cnn.com\").http(80).originateTls().toPort(443).trusting(Ca.system())"
            + ".via(gateway.overIstioMutualTls());",
        "Egress.to(\"b2b.partner.com\").http(80).originateTls().san(\"b2b.partner.com\")"
            + ".clientCertificate(\"partner-client\").via(gateway);",
        "Egress.to(\"b2b.partner.com\").http(80).originateTls()"
            + ".clientCertificate(\"partner-client\").direct()"
            + ".only(Pods.labelled(\"app\", \"invoicer\"));",
        "plan.namespace(shop, Egress.to(\"db1.corp\").tcp(5432).at(\"10.1.2.3\")"
            + ".via(gateway.port(5432, 5432).overIstioMutualTls()),"
            + " Egress.to(\"db2.corp\").tcp(5432).at(\"10.1.2.4\")"
            + ".via(gateway.port(5432, 5432).overIstioMutualTls()));",
        "Egress.toAnyOf(\"*.wikipedia.org\").servedBy(\"www.wikipedia.org\").tls(443).via(gateway);",
        "Egress.toAnyOf(\"*.example.com\").dynamicDns(mesh).http(80).direct();",
        "EgressIntent said = Egress.toAnyOf(\"*.a.example\").dynamicDns(mesh).http(80).via(gateway);",
        "Egress.toAnyOf(\"*.example.com\").dynamicDns(mesh).tls(443).direct();",
        "Egress.toAnyOf(\"*.example.org\").unresolved().tls(443).direct();",
        "Egress.toAnyOf(\"*.example.org\").unresolved().http(80).direct();",
        "EgressIntent said = Egress.to(\"a.example\").http2(8080).direct();",
        "Egress.toAnyOf(\"*.a.example\").dynamicDns(mesh).http(8080).direct();",
        "Egress.toAnyOf(\"*.a.example\").unresolved().http2(8080).direct();",
        "EgressIntent said = Egress.to(\"a.example\").grpc(50051).direct();",
        "Egress.to(\"a.example\").http2(80).originateTls().via(gateway);",
        "Egress.to(\"a.example\").grpc(80).originateTls().via(gateway.overIstioMutualTls());",
        "Egress.to(\"a.example\").http(80).via(gateway.overIstioMutualTls());",
        "Egress.to(\"a.example\").tls(443).via(gateway.overIstioMutualTls());",
        "MutualHop hop = gateway.overIstioMutualTls(); Egress.to(\"a.example\").port(80).via(hop);",
        "Egress.to(\"a.example\").http(80).originateTls().trusting(Ca.file(\"/etc/ca.pem\")).direct();",
        "Egress.to(\"a.example\").http(80).originateTls().san(\"a.example\", \"b.example\").direct();",
        "Egress.to(\"a.example\").http(80).originateTls().clientCertificate(\"c\")"
            + ".via(gateway.overIstioMutualTls()).named(\"a\");",
        "Egress.to(\"a.example\").tcp(22).at(\"10.1.2.3\", \"2001:db8::1\").direct();",
        "Egress.to(\"a.example\").tcp(22).at(\"10.1.0.0/16\").direct().named(\"a\");",
        "AnyHost kept = Egress.toAnyOf(\"*.a.example\"); kept.unresolved(); kept.dynamicDns(mesh);",
        "Egress.Originated kept = Egress.to(\"a.example\").http(80).originateTls(); kept.direct();"
      })
  void sentencesOfTlsBytesAndWildcardsCompile(String statement) {
    assertThat(SentenceSource.compile(statement).mistakes()).isEmpty();
  }

  /** Words of policy, in the type that has them, in any order. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HttpGatewayIntent said = Egress.to(\"a.example\").http(80).via(gateway).timeout(t)"
            + ".retries(2, RetryOn.GATEWAY_ERROR, RetryOn.CONNECT_FAILURE).connections(50)"
            + ".ejectAfter(Ejection.consecutive5xx(5)).connectTimeout(t).from(callers)"
            + ".allow(Requests.get(\"/get\"), Requests.path(\"/v1/*\")).named(\"a\");",
        "HttpIntent said = Egress.to(\"a.example\").http(80).direct().named(\"a\").timeout(t);",
        "HttpIntent said = Egress.to(\"a.example\").grpc(80).originateTls().direct().retries(0);",
        "HttpIntent said = Egress.to(\"a.example\").http(80).via(gateway.plainHop()).retries(0);",
        "Egress.to(\"a.example\").http(80).originateTls().clientCertificate(\"c\").direct()"
            + ".only(Pods.labelled(\"app\", \"a\")).timeout(t);",
        "GatewayIntent said = Egress.to(\"a.example\").tls(443).via(gateway).from(callers)"
            + ".connections(5).ejectAfter(Ejection.consecutiveGatewayErrors(5).lasting(t));",
        "GatewayIntent said = Egress.to(\"a.example\").tcp(443).at(\"10.1.2.3\").via(gateway)"
            + ".from(callers, Callers.serviceAccount(\"shop\", \"cart\"));",
        "EgressIntent said = Egress.to(\"a.example\").tls(443).direct().connections(5);",
        "EgressIntent said = Egress.to(\"a.example\").tls(443).via(gateway.plainHop());",
        "Egress.to(\"a.example\").http(80).via(gateway).fault(Fault.delay(t).percent(0.5));",
        "HttpGatewayIntent said = Egress.to(\"a.example\").http(80).originateTls().via(waypoint)"
            + ".from(callers).allow(Requests.get(\"/get\")).timeout(t);",
        "GatewayIntent said = Egress.to(\"a.example\").tls(443).via(waypoint).from(callers);",
        "Egress.to(\"a.example\").http(80).originateTls()"
            + ".trusting(Ca.configMap(\"partner-ca\", Mesh.istio(IstioVersion.V1_26))).via(gateway);",
        "Egress.toAnyOf(\"*.a.example\").dynamicDns(Mesh.istio(IstioVersion.V1_30).registryOnly());",
        "Egress.toAnyOf(\"*.a.example\")"
            + ".dynamicDns(Mesh.istio(IstioVersion.parse(\"1.31\")).since1_30());",
        "plan.namespace(shop, Egress.to(\"a.example\").http(80).via(gateway).timeout(t));"
      })
  void sentencesWithPolicyCompile(String statement) {
    assertThat(SentenceSource.compile(statement).mistakes()).isEmpty();
  }

  /** Other hosts that answer, by each way. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HttpGatewayIntent said = Egress.to(\"a.example\").answeredBy(\"b.example\").http(80)"
            + ".originateTls().toPort(8443).via(gateway).timeout(t).from(callers);",
        "HttpIntent said = Egress.to(\"a.example\").answeredBy(\"b.example\").grpc(80).direct();",
        "Egress.to(\"a.example\").answeredBy(\"b.example\").http2(80).originateTls().direct();",
        "HttpIntent said = Egress.to(\"a.example\").canary(\"b.example\", 10).http(80).direct();",
        "GatewayIntent said = Egress.to(\"a.example\").canary(\"b.example\", 10).tls(443)"
            + ".via(gateway).connections(5);",
        "AnsweredHost.Shared kept = Egress.to(\"a.example\").canary(\"b.example\", 10);"
            + " kept.http(80).direct(); kept.tls(443).direct();",
        "Egress.to(\"a.example\").otherwise(\"b.example\", mesh).http(80).direct()"
            + ".ejectAfter(Ejection.consecutive5xx(3));",
        "Egress.to(\"a.example\").otherwise(\"b.example\", mesh).tls(443)"
            + ".via(gateway.overIstioMutualTls());"
      })
  void sentencesOfOtherHostsThatAnswerCompile(String statement) {
    assertThat(SentenceSource.compile(statement).mistakes()).isEmpty();
  }

  /** The way through a forward proxy, for what no proxy of the mesh reads. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "EgressIntent said = Egress.to(\"a.example\").tls(443).via(proxy).named(\"a\");",
        "GatewayIntent said = Egress.to(\"a.example\").tls(443).via(gateway.through(proxy)).from(callers);",
        "GatewayIntent said = Egress.to(\"a.example\").tls(443).via(gateway.overIstioMutualTls().through(proxy));",
        "EgressIntent said = Egress.to(\"a.example\").tcp(22).at(\"10.1.2.3\").via(proxy);",
        "Egress.to(\"a.example\").tls(8443).via(proxy).connections(5).connectTimeout(t);",
        "Egress.Unread kept = Egress.to(\"a.example\").tls(443); kept.direct(); kept.via(proxy);"
      })
  void sentencesThroughAForwardProxyCompile(String statement) {
    assertThat(SentenceSource.compile(statement).mistakes()).isEmpty();
  }
}
