package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalHostTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edition.cnn.com",
        "a.b",
        "1.example",
        "1password.com",
        "xn--bcher-kva.example",
        "a--b.example",
        "s3.dualstack.eu-central-1.amazonaws.com",
        "my-cluster.local",
        "svc.example"
      })
  void aFullyQualifiedNameStaysAsItIs(String name) {
    assertThat(new ExternalHost(name).name()).isEqualTo(name);
    assertThat(new ExternalHost(name)).hasToString(name);
  }

  @ParameterizedTest
  @CsvSource({
    "Edition.CNN.com,edition.cnn.com",
    "edition.cnn.com.,edition.cnn.com",
    "EDITION.CNN.COM.,edition.cnn.com",
    "XN--BCHER-KVA.example,xn--bcher-kva.example"
  })
  void oneHostHasOneName(String said, String name) {
    assertThat(new ExternalHost(said)).isEqualTo(new ExternalHost(name));
    assertThat(new ExternalHost(said).name()).isEqualTo(name);
  }

  @Test
  void lowerCaseDoesNotDependOnTheMachinesLanguage() {
    java.util.Locale machine = java.util.Locale.getDefault();
    try {
      java.util.Locale.setDefault(java.util.Locale.forLanguageTag("tr"));
      assertThat(new ExternalHost("EDITION.EXAMPLE").name()).isEqualTo("edition.example");
    } finally {
      java.util.Locale.setDefault(machine);
    }
  }

  @Test
  void aWildcardStandsForTheHostsBelowADomain() {
    ExternalHost wildcard = new ExternalHost("*.Example.COM.");
    assertThat(wildcard).hasToString("*.example.com");
    assertThat(wildcard.isWildcard()).isTrue();
    assertThat(wildcard.dashed()).isEqualTo("any-example-com");
    assertThat(new ExternalHost("www.example.com").isWildcard()).isFalse();
  }

  @Test
  void theBaseOfResourceNamesHasDashesForDots() {
    assertThat(new ExternalHost("edition.cnn.com").dashed()).isEqualTo("edition-cnn-com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                       | host '' is blank or has blanks around it: write a name such as edition.cnn.com
          `  `                     | host '  ' is blank or has blanks around it: write a name such as edition.cnn.com
          ` edition.cnn.com`       | host ' edition.cnn.com' is blank or has blanks around it: write a name such as edition.cnn.com
          `edition.cnn.com\t`      | host 'edition.cnn.com\t' is blank or has blanks around it: write a name such as edition.cnn.com
          http://edition.cnn.com   | host 'http://edition.cnn.com' has a scheme: write the host alone: edition.cnn.com
          https://edition.cnn.com/ | host 'https://edition.cnn.com/' has a scheme: write the host alone: edition.cnn.com
          https://edition.cnn.com/politics | host 'https://edition.cnn.com/politics' has a scheme: write the host alone: edition.cnn.com
          https://edition.cnn.com:8443/a?b=c | host 'https://edition.cnn.com:8443/a?b=c' has a scheme: write the host alone: edition.cnn.com
          edition.cnn.com/politics | host 'edition.cnn.com/politics' has a path: write the host alone: edition.cnn.com
          edition.cnn.com:80/a     | host 'edition.cnn.com:80/a' has a path: write the host alone: edition.cnn.com
          //edition.cnn.com        | host '//edition.cnn.com' has a path: write the host alone: edition.cnn.com
          *                        | host '*' has the label '*': each label is 1 to 63 letters, digits or dashes, and begins and ends without a dash
          *.*.cnn.com              | host '*.*.cnn.com' has the label '*': each label is 1 to 63 letters, digits or dashes, and begins and ends without a dash
          *cnn.com                 | host '*cnn.com' has the label '*cnn': each label is 1 to 63 letters, digits or dashes, and begins and ends without a dash
          *.                       | host '*.' has the label '*': each label is 1 to 63 letters, digits or dashes, and begins and ends without a dash
          *.com                    | host '*.com' has no domain: write the fully qualified name, such as *.example.com
          *.svc.cluster.local      | host '*.svc.cluster.local' is a name of the cluster itself: egress is for hosts outside; Services need none
          192.0.2.10               | host '192.0.2.10' is an address: name the host by its DNS name
          192.0.2.10.              | host '192.0.2.10.' is an address: name the host by its DNS name
          2001:db8::1              | host '2001:db8::1' is an address: name the host by its DNS name
          [2001:db8::1]            | host '[2001:db8::1]' is an address: name the host by its DNS name
          [2001:db8::1]:443        | host '[2001:db8::1]:443' is an address: name the host by its DNS name
          edition.cnn.com:443      | host 'edition.cnn.com:443' has a port: say the port in the sentence: http(80), tls(443) or port(80)
          edition..cnn.com         | host 'edition..cnn.com' has the label '': each label is 1 to 63 letters, digits or dashes, and begins and ends without a dash
          .cnn.com                 | host '.cnn.com' has the label '': each label is 1 to 63 letters, digits or dashes, and begins and ends without a dash
          edition.cnn.com..        | host 'edition.cnn.com..' has the label '': each label is 1 to 63 letters, digits or dashes, and begins and ends without a dash
          -edition.cnn.com         | host '-edition.cnn.com' has the label '-edition': each label is 1 to 63 letters, digits or dashes, and begins and ends without a dash
          edition-.cnn.com         | host 'edition-.cnn.com' has the label 'edition-': each label is 1 to 63 letters, digits or dashes, and begins and ends without a dash
          edition_news.cnn.com     | host 'edition_news.cnn.com' has the label 'edition_news': each label is 1 to 63 letters, digits or dashes, and begins and ends without a dash
          edition cnn.com          | host 'edition cnn.com' has the label 'edition cnn': each label is 1 to 63 letters, digits or dashes, and begins and ends without a dash
          edition,cnn.com          | host 'edition,cnn.com' has the label 'edition,cnn': each label is 1 to 63 letters, digits or dashes, and begins and ends without a dash
          me@edition.cnn.com       | host 'me@edition.cnn.com' has the label 'me@edition': each label is 1 to 63 letters, digits or dashes, and begins and ends without a dash
          edition.*.com            | host 'edition.*.com' has the label '*': each label is 1 to 63 letters, digits or dashes, and begins and ends without a dash
          cnn                      | host 'cnn' has no domain: write the fully qualified name, such as cnn.com
          localhost.               | host 'localhost.' has no domain: write the fully qualified name, such as localhost.com
          cart.shop.svc.cluster.local | host 'cart.shop.svc.cluster.local' is a name of the cluster itself: egress is for hosts outside; Services need none
          Cart.Shop.SVC            | host 'Cart.Shop.SVC' is a name of the cluster itself: egress is for hosts outside; Services need none
          bücher.example           | host 'bücher.example' is not ASCII: if the name is meant so, write its ASCII form: xn--bcher-kva.example
          еdition.cnn.com          | host 'еdition.cnn.com' is not ASCII: if the name is meant so, write its ASCII form: xn--dition-2of.cnn.com
          """)
  void anythingElseIsRefusedWithWhatIsWrongAndWhatToDo(String said, String message) {
    String host = said.replace("\\t", "\t");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExternalHost(host))
        .withMessage(message.replace("\\t", "\t"));
  }

  @Test
  void charactersThatNoHostCanHaveAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExternalHost("edition\u00a0x.cnn.com"))
        .withMessage(
            "host 'edition\u00a0x.cnn.com' has characters no host can have: check the spelling");
  }

  @Test
  void aLabelHasUpTo63Characters() {
    assertThat(new ExternalHost("a".repeat(63) + ".com").name()).hasSize(67);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExternalHost("a".repeat(64) + ".com"))
        .withMessageContaining("each label is 1 to 63 letters");
  }

  @Test
  void aNameHasUpTo253Characters() {
    String label = "a".repeat(49) + ".";
    String longest = label.repeat(5) + "com";
    assertThat(longest).hasSize(253);
    assertThat(new ExternalHost(longest).name()).isEqualTo(longest);
    assertThat(new ExternalHost(longest + ".").name()).isEqualTo(longest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExternalHost(longest + "s"))
        .withMessage("host '" + longest + "s' is longer than 253 characters: check the name");
  }
}
