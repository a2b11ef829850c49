package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.mesh.IstioVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlingTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault().port(22, 2222);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.2.3",
        "255.255.255.254",
        "10.1.0.0/16",
        "10.1.2.3/32",
        "192.0.2.0/1",
        "2001:db8::1",
        "2001:DB8::1",
        "2001:db8::/32",
        "2001:db8::1/128"
      })
  void addressesAndRangesAreTaken(String address) {
    assertThat(Handling.none().at(List.of(address)).addresses()).containsExactly(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "10.1.2",
        "10.1.2.3.4",
        "10.1.2.256",
        "10.1.2.1000",
        "10.1.2.",
        ".10.1.2.3",
        "10.01.2.3",
        "010.1.2.3",
        "0x0a.1.2.3",
        "167838211",
        "10.1.2.3 ",
        "10.1.2.3:5432",
        "10.1.2.3/",
        "10.1.2.3/33",
        "10.1.2.3/-1",
        "10.1.2.3/+8",
        "10.1.2.3/16/8",
        "10.1.2.3/99999999999",
        "10.1.2.3-10.1.2.9",
        "db1.corp",
        "db1",
        "a.b.c.d",
        "localhost",
        ":",
        ":::",
        "1:2:3",
        "2001:db8::1::2",
        "2001:db8::12345",
        "2001:db8::1/129",
        "[2001:db8::1]",
        "fe80::1%eth0"
      })
  void anythingElseIsRefusedWithWhatToWrite(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Handling.none().at(List.of(address)))
        .withMessage(
            "address '%s' is no IP address or range: write 10.1.2.3 or 10.1.0.0/16", address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1.2.3/8",
        "169.254.169.254",
        "169.254.0.0/16",
        "0.0.0.0",
        "0.0.0.0/0",
        "10.0.0.0/0",
        "0.1.2.3",
        "224.0.0.1",
        "239.255.255.255",
        "::",
        "::/0",
        "::1",
        "0:0:0:0:0:0:0:1",
        "fe80::1",
        "febf::/10",
        "ff02::1"
      })
  void placesWhereNoHostOutsideIsAreRefused(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Handling.none().at(List.of("10.1.2.3", address)))
        .withMessage(
            "address '%s' is loopback, link-local, multicast or unspecified: no host outside has it",
            address);
  }

  @Test
  void aRangeCannotGoThroughAGateway() {
    Egress.Path range = Egress.to("a.example").tcp(22).at("10.1.2.3", "10.2.0.0/16");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> range.via(GATEWAY))
        .withMessage(
            "a.example tcp(22) at [10.1.2.3, 10.2.0.0/16] cannot go via"
                + " istio-system/istio-egressgateway: the gateway cannot tell which address of a"
                + " range was dialled; name single addresses, or say direct()");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> range.via(GATEWAY.overIstioMutualTls()))
        .withMessageContaining("the gateway cannot tell");
    assertThat(range.direct().handling().isRange()).isTrue();
    assertThat(Egress.to("a.example").tcp(22).at("10.1.2.3").via(GATEWAY).handling().isRange())
        .isFalse();
  }

  @Test
  void bytesNeedAnAddress() {
    Egress.Stream bytes = Egress.to("a.example").tcp(22);
    assertThatIllegalArgumentException()
        .isThrownBy(bytes::at)
        .withMessage(
            "a.example tcp(22) names no address: bytes name no host, so say at(\"10.1.2.3\")");
  }

  @Test
  void itsListsAreItsOwn() {
    String[] addresses = {"10.1.2.3"};
    EgressIntent said = Egress.to("a.example").tcp(22).at(addresses).direct();
    addresses[0] = "10.1.2.4";
    assertThat(said.handling().addresses()).containsExactly("10.1.2.3");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> said.handling().addresses().clear());
  }

  @Test
  void itReadsAsItWasSaid() {
    EgressGateway gateway = EgressGateway.istioDefault().port(22, 2222);
    assertThat(Egress.to("a.example").tcp(22).at("10.1.2.3", "10.1.2.4").via(gateway))
        .hasToString(
            "Egress.to(\"a.example\").tcp(22).at(\"10.1.2.3\", \"10.1.2.4\")"
                + ".via(istio-system/istio-egressgateway)");
    assertThat(Egress.toAnyOf("*.a.example").servedBy("www.a.example").tls(443).via(gateway))
        .hasToString(
            "Egress.toAnyOf(\"*.a.example\").servedBy(\"www.a.example\").tls(443)"
                + ".via(istio-system/istio-egressgateway)");
    assertThat(Egress.toAnyOf("*.a.example").unresolved().tls(443).direct())
        .hasToString("Egress.toAnyOf(\"*.a.example\").unresolved().tls(443).direct()");
    assertThat(
            Egress.toAnyOf("*.a.example")
                .dynamicDns(Mesh.istio(IstioVersion.V1_31))
                .http(80)
                .direct())
        .hasToString("Egress.toAnyOf(\"*.a.example\").dynamicDns(mesh).http(80).direct()");
    assertThat(
            Egress.to("a.example")
                .http(80)
                .originateTls()
                .toPort(8443)
                .trusting(Ca.file("/etc/ca.pem"))
                .san("b.example", "c.example")
                .via(gateway.overIstioMutualTls()))
        .hasToString(
            "Egress.to(\"a.example\").http(80).originateTls().toPort(8443)"
                + ".trusting(/etc/ca.pem).san(\"b.example\", \"c.example\")"
                + ".via(istio-system/istio-egressgateway.overIstioMutualTls())");
    assertThat(
            Egress.to("a.example")
                .grpc(80)
                .originateTls()
                .clientCertificate("client")
                .direct()
                .only(Pods.labelled("app", "cart")))
        .hasToString(
            "Egress.to(\"a.example\").grpc(80).originateTls().clientCertificate(\"client\")"
                + ".direct().only({app=cart})");
  }
}
