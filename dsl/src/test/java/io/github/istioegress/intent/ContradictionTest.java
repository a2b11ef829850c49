package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.Compiled;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Sentences of one definition that exclude each other. The definition is a class of its own in
 * {@code com.acme}, as a user's is, so that the lines in the message can be told exactly.
 */
class ContradictionTest {

  private static final String CNN = "Egress.to(\"edition.cnn.com\")";
  private static final String GATEWAY = "istio-system/istio-egressgateway";

  /** A definition whose two sentences stand on the lines 16 and 17. */
  private static Supplier<?> definition(String first, String second) {
    Compiled compiled =
        Compiled.of(
            "com.acme.News",
            """
            package com.acme;

            import io.github.istioegress.dsl.*;
            import io.github.istioegress.intent.*;
            import io.github.istioegress.mesh.*;

            class News implements java.util.function.Supplier<EgressPlan> {
              private final EgressGateway gateway = EgressGateway.istioDefault();
              private final EgressGateway edge =
                  EgressGateway.named("edge").in("egress").labelled("istio", "edge").port(80, 8080)
                      .port(443, 8443);
              @Override
              public EgressPlan get() {
                return EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
                    .namespace(MeshNamespace.named("news"),
                        %s,
                        %s);
              }
            }
            """
                .formatted(first, second));
    assertThat(compiled.mistakes()).isEmpty();
    return compiled.supplier();
  }

  private static void refused(String first, String second, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(definition(first, second)::get)
        .withMessage(message);
  }

  private static void taken(String first, String second) {
    assertThat(definition(first, second).get()).isInstanceOf(EgressPlan.class);
  }

  @Test
  void onePortHasOneWay() {
    refused(
        CNN + ".port(80).via(gateway)",
        CNN + ".http(80).direct()",
        "Egress.to(\"edition.cnn.com\").http(80).via(istio-system/istio-egressgateway) at"
            + " com.acme.News(News.java:16) and Egress.to(\"edition.cnn.com\").http(80).direct() at"
            + " com.acme.News(News.java:17) contradict each other on port 80: a port has one"
            + " sentence; keep the one that is meant");
  }

  @Test
  void onePortHasOneGateway() {
    refused(
        CNN + ".port(80).via(gateway)",
        CNN + ".port(80).via(edge)",
        CNN
            + ".http(80).via("
            + GATEWAY
            + ") at com.acme.News(News.java:16) and "
            + CNN
            + ".http(80).via(egress/edge) at com.acme.News(News.java:17) contradict each other on"
            + " port 80: a port has one sentence; keep the one that is meant");
  }

  @Test
  void onePortHasOneProtocol() {
    refused(
        CNN + ".http(443).direct()",
        CNN + ".tls(443).direct()",
        CNN
            + ".http(443).direct() at com.acme.News(News.java:16) and "
            + CNN
            + ".tls(443).direct() at com.acme.News(News.java:17) contradict each other on port 443:"
            + " a port has one sentence; keep the one that is meant");
  }

  @Test
  void oneHostHasOneName() {
    refused(
        CNN + ".port(80).via(gateway).named(\"cnn\")",
        CNN + ".port(443).direct().named(\"news\")",
        CNN
            + ".http(80).via("
            + GATEWAY
            + ") at com.acme.News(News.java:16) says named(cnn), "
            + CNN
            + ".tls(443).direct() at com.acme.News(News.java:17) says named(news): both make one"
            + " resource; say the same in both");
  }

  @Test
  void oneNameHasOneHost() {
    refused(
        CNN + ".port(80).direct().named(\"cnn\")",
        "Egress.to(\"money.cnn.com\").port(80).direct().named(\"cnn\")",
        CNN
            + ".http(80).direct() at com.acme.News(News.java:16) and"
            + " Egress.to(\"money.cnn.com\").http(80).direct() at com.acme.News(News.java:17) are"
            + " both named(\"cnn\"): a ServiceEntry has one of these hosts; give each a name of its"
            + " own");
  }

  @Test
  void oneHostHasOneVisibility() {
    refused(
        CNN + ".port(80).via(gateway).visible(Visibility.MESH_DEFAULT)",
        CNN + ".port(443).direct().visible(Visibility.AS_ASKED)",
        CNN
            + ".http(80).via("
            + GATEWAY
            + ") at com.acme.News(News.java:16) says visible(MESH_DEFAULT), "
            + CNN
            + ".tls(443).direct() at com.acme.News(News.java:17) says visible(AS_ASKED): both make"
            + " one resource; say the same in both");
  }

  @Test
  void oneHostHasOneVirtualService() {
    refused(
        CNN + ".port(80).via(gateway).virtualServiceNamed(\"a\")",
        CNN + ".port(443).via(edge).virtualServiceNamed(\"b\")",
        CNN
            + ".http(80).via("
            + GATEWAY
            + ") at com.acme.News(News.java:16) says virtualServiceNamed(a), "
            + CNN
            + ".tls(443).via(egress/edge) at com.acme.News(News.java:17) says"
            + " virtualServiceNamed(b): both make one resource; say the same in both");
  }

  @Test
  void oneHostHasOneSubsetAGateway() {
    refused(
        CNN + ".port(80).via(gateway).subset(\"a\")",
        CNN + ".port(443).via(gateway).subset(\"b\")",
        CNN
            + ".http(80).via("
            + GATEWAY
            + ") at com.acme.News(News.java:16) says subset(a), "
            + CNN
            + ".tls(443).via("
            + GATEWAY
            + ") at com.acme.News(News.java:17) says subset(b): both make one resource; say the"
            + " same in both");
    taken(CNN + ".port(80).via(gateway).subset(\"a\")", CNN + ".port(443).via(edge).subset(\"b\")");
  }

  @Test
  void hostsThatShareAGatewayShareItsRule() {
    refused(
        CNN + ".port(80).via(gateway).destinationRuleNamed(\"a\")",
        "Egress.to(\"money.cnn.com\").port(80).via(gateway).destinationRuleNamed(\"b\")",
        CNN
            + ".http(80).via("
            + GATEWAY
            + ") at com.acme.News(News.java:16) says destinationRuleNamed(a),"
            + " Egress.to(\"money.cnn.com\").http(80).via("
            + GATEWAY
            + ") at com.acme.News(News.java:17) says destinationRuleNamed(b): both make one"
            + " resource; say the same in both");
  }

  @Test
  void hostsThatShareAGatewayShareItsGatewayResource() {
    refused(
        CNN + ".port(80).via(gateway).gatewayNamed(\"a\")",
        "Egress.to(\"money.cnn.com\").port(80).via(gateway).gatewayNamed(\"b\")",
        CNN
            + ".http(80).via("
            + GATEWAY
            + ") at com.acme.News(News.java:16) says gatewayNamed(a),"
            + " Egress.to(\"money.cnn.com\").http(80).via("
            + GATEWAY
            + ") at com.acme.News(News.java:17) says gatewayNamed(b): both make one resource; say"
            + " the same in both");
    taken(
        CNN + ".port(80).via(gateway).gatewayNamed(\"a\")",
        "Egress.to(\"money.cnn.com\").port(80).via(edge).gatewayNamed(\"b\")");
  }

  @Test
  void twoPortsOfOneHostHaveTwoNames() {
    refused(
        CNN + ".port(80).direct().portNamed(\"web\")",
        CNN + ".port(443).direct().portNamed(\"web\")",
        CNN
            + ".http(80).direct() at com.acme.News(News.java:16) and "
            + CNN
            + ".tls(443).direct() at com.acme.News(News.java:17) both have the port name 'web':"
            + " names of ports are unique in a ServiceEntry; give one of them another portNamed");
    taken(
        CNN + ".port(80).direct().portNamed(\"web\")",
        "Egress.to(\"money.cnn.com\").port(80).direct().portNamed(\"web\")");
  }

  @Test
  void aPortNameMayNotBeTheDerivedNameOfAnother() {
    refused(
        CNN + ".port(80).direct().portNamed(\"tls\")",
        CNN + ".port(443).direct()",
        CNN
            + ".http(80).direct() at com.acme.News(News.java:16) and "
            + CNN
            + ".tls(443).direct() at com.acme.News(News.java:17) both have the port name 'tls':"
            + " names of ports are unique in a ServiceEntry; give one of them another portNamed");
  }

  @Test
  void aGatewayPortHasOneProtocol() {
    refused(
        CNN + ".http(443).via(gateway)",
        "Egress.to(\"money.cnn.com\").tls(443).via(gateway)",
        CNN
            + ".http(443).via("
            + GATEWAY
            + ") at com.acme.News(News.java:16) and Egress.to(\"money.cnn.com\").tls(443).via("
            + GATEWAY
            + ") at com.acme.News(News.java:17) contradict each other on port 443 of the gateway: a"
            + " gateway's port takes either plain HTTP, TLS or plain bytes; send one of them through"
            + " another port, or both over Istio mutual TLS");
    taken(CNN + ".http(443).via(gateway)", "Egress.to(\"money.cnn.com\").tls(443).via(edge)");
    taken(CNN + ".http(443).via(gateway)", "Egress.to(\"money.cnn.com\").tls(443).direct()");
  }

  @Test
  void oneGatewayIsDescribedInOneWay() {
    refused(
        CNN + ".port(80).via(gateway)",
        "Egress.to(\"money.cnn.com\").port(80).via(gateway.labelled(\"team\", \"news\"))",
        CNN
            + ".http(80).via("
            + GATEWAY
            + ") at com.acme.News(News.java:16) and Egress.to(\"money.cnn.com\").http(80).via("
            + GATEWAY
            + ") at com.acme.News(News.java:17) describe egress gateway "
            + GATEWAY
            + " differently: give it the same labels and ports, best as one value");
  }

  @Test
  void theSameSentenceTwiceIsOne() {
    EgressPlan plan =
        (EgressPlan)
            definition(CNN + ".port(80).via(gateway)", CNN + ".http(80).via(gateway)").get();
    assertThat(plan.namespaces().get(0).intents()).hasSize(1);
  }

  @Test
  void oneSentenceMaySpeakForTheWholeHost() {
    EgressPlan plan =
        (EgressPlan)
            definition(
                    CNN + ".port(80).via(gateway).named(\"cnn\").visible(Visibility.MESH_DEFAULT)",
                    CNN + ".port(443).direct()")
                .get();
    HostEgress host = plan.namespaces().get(0).hosts().get(0);
    assertThat(host.name(NamedObject.SERVICE_ENTRY)).contains("cnn");
    assertThat(host.visibility()).isEqualTo(Visibility.MESH_DEFAULT);
  }
}
