package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.AnyHost;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.mesh.IstioVersion;
import org.junit.jupiter.api.Test;

/** Sentences on one host that want it handled in two ways. */
class HandlingContradictionTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault().port(8080, 8081);
  private static final Egress.To A = Egress.to("a.example");

  private static EgressPlan plan(EgressIntent... sentences) {
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
        .namespace(MeshNamespace.named("shop"), sentences);
  }

  private static void refused(EgressIntent one, String says, EgressIntent other, String saysToo) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(one, other))
        .withMessage(
            "%s at %s says %s, %s at %s says %s: both make one resource; say the same in both",
            one, one.origin().place(), says, other, other.origin().place(), saysToo);
  }

  private static void contradict(EgressIntent one, EgressIntent other) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(one, other))
        .withMessage(
            "%s at %s and %s at %s contradict each other on port %d: a port has one sentence; keep"
                + " the one that is meant",
            one, one.origin().place(), other, other.origin().place(), one.port().number());
    assertThat(one).doesNotHaveToString(other.toString());
  }

  @Test
  void oneHostHasOneSetOfAddresses() {
    refused(
        A.tcp(22).at("10.1.2.3").direct(),
        "at([10.1.2.3])",
        A.tcp(23).at("10.1.2.4").direct(),
        "at([10.1.2.4])");
    refused(A.tcp(22).at("10.1.2.3").direct(), "at([10.1.2.3])", A.tls(443).direct(), "at([])");
    assertThat(
            plan(A.tcp(22).at("10.1.2.3").direct(), A.tcp(23).at("10.1.2.3").direct())
                .namespaces()
                .get(0)
                .hosts()
                .get(0)
                .addresses())
        .containsExactly("10.1.2.3");
  }

  @Test
  void oneWildcardIsServedInOneWay() {
    AnyHost any = Egress.toAnyOf("*.a.example");
    refused(
        any.dynamicDns(Mesh.istio(IstioVersion.V1_31)).http(80).direct(),
        "toAnyOf(dynamicDns(mesh))",
        any.unresolved().tls(443).direct(),
        "toAnyOf(unresolved())");
    refused(
        any.servedBy("www.a.example").tls(443).via(GATEWAY),
        "toAnyOf(servedBy(\"www.a.example\"))",
        any.servedBy("api.a.example").tls(8080).via(GATEWAY),
        "toAnyOf(servedBy(\"api.a.example\"))");
    assertThat(
            plan(any.unresolved().http(80).direct(), any.unresolved().tls(443).direct())
                .namespaces()
                .get(0)
                .hosts()
                .get(0)
                .serving())
        .contains(Serving.unresolved());
  }

  @Test
  void oneHostsTlsIsBegunByOneProxy() {
    refused(
        A.http(80).originateTls().via(GATEWAY),
        "originateTls(via(istio-system/istio-egressgateway))",
        A.http(8080).originateTls().direct(),
        "originateTls(direct())");
    assertThat(plan(A.http(80).originateTls().via(GATEWAY), A.http(8080).direct()).isEmpty())
        .isFalse();
  }

  @Test
  void oneHostsTlsIsBegunByTheSamePods() {
    Egress.Only shown = A.http(80).originateTls().clientCertificate("c").direct();
    Egress.Only shownToo = A.http(8080).originateTls().clientCertificate("c").direct();
    refused(
        shown.only(Pods.labelled("app", "cart")),
        "only({app=cart})",
        shownToo.only(Pods.labelled("app", "till")),
        "only({app=till})");
    refused(
        shown.only(Pods.labelled("app", "cart")),
        "only({app=cart})",
        A.http(8080).originateTls().direct(),
        "only(every pod)");
    assertThat(
            plan(
                    shown.only(Pods.labelled("app", "cart")),
                    shownToo.only(Pods.labelled("app", "cart")))
                .isEmpty())
        .isFalse();
  }

  @Test
  void onePortIsHandledInOneWay() {
    contradict(A.http(80).direct(), A.http(80).originateTls().direct());
    contradict(A.http(80).originateTls().direct(), A.http(80).originateTls().toPort(8443).direct());
    contradict(
        A.http(80).originateTls().via(GATEWAY),
        A.http(80).originateTls().clientCertificate("c").via(GATEWAY));
    contradict(A.http(80).via(GATEWAY), A.http(80).via(GATEWAY.overIstioMutualTls()));
    contradict(A.http(80).direct(), A.grpc(80).direct());
    contradict(A.tcp(22).at("10.1.2.3").direct(), A.tcp(22).at("10.1.2.4").direct());
  }
}
