package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressPortTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 80, 443, 8080, 14999, 15091, 65535})
  void aPortIsBetween1And65535(int number) {
    assertThat(new EgressPort(number, PortProtocol.HTTP).number()).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(ints = {70000, 0, -1, 65536, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void aPortOutOfRangeIsRefused(int number) {
    String message = "port " + number + " is out of range: use 1 to 65535";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EgressPort(number, PortProtocol.TLS))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EgressPort.guess(number))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GatewayPort(number, 8080))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GatewayPort(80, number))
        .withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {15000, 15001, 15006, 15021, 15090})
  void theProxysOwnPortsAreRefused(int number) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EgressPort(number, PortProtocol.HTTP))
        .withMessage(
            "port "
                + number
                + " is reserved by Istio's proxy (15000 to 15090): calls to it are not routed; use"
                + " another port");
  }

  @Test
  void eightyIsHttpAnd443IsTls() {
    assertThat(EgressPort.guess(80)).isEqualTo(new EgressPort(80, PortProtocol.HTTP));
    assertThat(EgressPort.guess(443)).isEqualTo(new EgressPort(443, PortProtocol.TLS));
  }

  @ParameterizedTest
  @ValueSource(ints = {8080, 8443, 81, 22, 15001})
  void noOtherPortSaysItsProtocol(int number) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EgressPort.guess(number))
        .withMessage(
            "port %1$d does not say what is spoken there: write http(%1$d) or tls(%1$d); only 80 and"
                + " 443 go without saying",
            number);
  }

  @Test
  void portsAreOrderedByNumber() {
    EgressPort small = new EgressPort(80, PortProtocol.TLS);
    EgressPort large = new EgressPort(443, PortProtocol.HTTP);
    assertThat(List.of(large, small).stream().sorted()).containsExactly(small, large);
  }

  @ParameterizedTest
  @EnumSource(PortProtocol.class)
  void aPortIsSaidInTheWordsOfTheLanguage(PortProtocol protocol) {
    assertThat(new EgressPort(8080, protocol)).hasToString(protocol.word() + "(8080)");
  }

  @ParameterizedTest
  @EnumSource(PortProtocol.class)
  void aPortIsDeclaredAsItIsSpoken(PortProtocol protocol) {
    assertThat(DeclaredProtocol.of(protocol).meaning()).isEqualTo(protocol);
    assertThat(DeclaredProtocol.of(protocol).name()).isEqualTo(protocol.name());
  }

  @Test
  void httpsInAServiceEntryMeansTlsOfTheApplication() {
    assertThat(DeclaredProtocol.HTTPS.meaning()).isEqualTo(PortProtocol.TLS);
  }
}
