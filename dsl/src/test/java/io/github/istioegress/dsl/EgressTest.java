package io.github.istioegress.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPath;
import io.github.istioegress.intent.EgressPort;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.GatewayIntent;
import io.github.istioegress.intent.Origin;
import io.github.istioegress.intent.PortProtocol;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EgressTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();

  private static EgressIntent intent(int port, PortProtocol protocol, EgressPath path) {
    return EgressIntent.of(
        new ExternalHost("edition.cnn.com"),
        new EgressPort(port, protocol),
        path,
        Origin.unknown());
  }

  @Test
  void theSentenceIsWhatItSays() {
    EgressPath through = EgressPath.through(GATEWAY);
    assertThat(Egress.to("edition.cnn.com").port(80).via(GATEWAY))
        .isEqualTo(Egress.to("edition.cnn.com").http(80).via(GATEWAY))
        .isEqualTo(intent(80, PortProtocol.HTTP, through));
    assertThat(Egress.to("edition.cnn.com").port(443).via(GATEWAY))
        .isEqualTo(Egress.to("edition.cnn.com").tls(443).via(GATEWAY))
        .isEqualTo(intent(443, PortProtocol.TLS, through));
    assertThat(Egress.to("edition.cnn.com").http(8080).direct())
        .isEqualTo(intent(8080, PortProtocol.HTTP, EgressPath.direct()));
    assertThat(Egress.to("edition.cnn.com").tls(8443).direct())
        .isEqualTo(intent(8443, PortProtocol.TLS, EgressPath.direct()));
  }

  @Test
  void anUnfinishedSentenceMayBeUsedAgain() {
    Egress.To cnn = Egress.to("edition.cnn.com");
    Egress.Path plain = cnn.port(80);
    EgressIntent direct = plain.direct();
    EgressIntent through = plain.via(GATEWAY);
    assertThat(direct).isEqualTo(intent(80, PortProtocol.HTTP, EgressPath.direct()));
    assertThat(through).isEqualTo(intent(80, PortProtocol.HTTP, EgressPath.through(GATEWAY)));
    assertThat(plain.direct()).isEqualTo(direct);
    assertThat(cnn.tls(443).direct()).isEqualTo(intent(443, PortProtocol.TLS, EgressPath.direct()));
  }

  @Test
  void oneBeginningServesAThousandTenants() {
    Egress.To cnn = Egress.to("edition.cnn.com");
    List<? extends EgressIntent> said =
        IntStream.rangeClosed(1, 1000)
            .parallel()
            .mapToObj(port -> cnn.http(port).direct().named("tenant-" + port))
            .toList();
    assertThat(said)
        .extracting(one -> one.port().number())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 1000).boxed().toList());
    assertThat(said.stream().distinct()).hasSize(1000);
  }

  @Test
  void aWrongHostIsRefusedAtItsWord() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Egress.to("https://edition.cnn.com"))
        .withMessage(
            "host 'https://edition.cnn.com' has a scheme: write the host alone: edition.cnn.com");
  }

  @Test
  void aWrongPortIsRefusedAtItsWord() {
    Egress.To cnn = Egress.to("edition.cnn.com");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cnn.http(70000))
        .withMessage("port 70000 is out of range: use 1 to 65535");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cnn.tls(15001))
        .withMessageStartingWith("port 15001 is reserved by Istio's proxy");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cnn.port(8080))
        .withMessageStartingWith("port 8080 does not say what is spoken there");
  }

  @Test
  void aGatewayWithoutThePortIsRefusedAtItsWord() {
    Egress.Path path = Egress.to("edition.cnn.com").tls(8443);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> path.via(GATEWAY))
        .withMessageStartingWith(
            "edition.cnn.com tls(8443) cannot go via istio-system/istio-egressgateway");
    assertThat(path.via(GATEWAY.port(8443, 9443)).port().number()).isEqualTo(8443);
  }

  @Test
  void theSameIsSaidOfSeveralHosts() {
    List<GatewayIntent> payments =
        Egress.toAll(List.of("api.stripe.com", "api.adyen.com"), to -> to.tls(443).via(GATEWAY));
    assertThat(payments)
        .containsExactly(
            Egress.to("api.stripe.com").tls(443).via(GATEWAY),
            Egress.to("api.adyen.com").tls(443).via(GATEWAY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Egress.toAll(List.of(), to -> to.tls(443).direct()))
        .withMessageContaining("no host is given");
  }
}
