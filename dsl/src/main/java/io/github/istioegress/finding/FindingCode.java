package io.github.istioegress.finding;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The catalogue: what can be wrong, by number. A number is never used for something else; its first
 * digit is its family, and each family is an enum of its own. The page of a code, for people, is
 * the file {@code EGRnnn.md} beside this class.
 */
public sealed interface FindingCode
    permits ReferenceCode,
        ProtocolCode,
        RoutingCode,
        ExposureCode,
        TenancyCode,
        HostCode,
        HygieneCode,
        GatewayApiCode,
        InputCode {

  /** All that is said of it. */
  CatalogueEntry entry();

  /** All codes, by number. */
  static List<FindingCode> all() {
    return Stream.<FindingCode[]>of(
            ReferenceCode.values(),
            ProtocolCode.values(),
            RoutingCode.values(),
            ExposureCode.values(),
            TenancyCode.values(),
            HostCode.values(),
            HygieneCode.values(),
            GatewayApiCode.values(),
            InputCode.values())
        .flatMap(Arrays::stream)
        .toList();
  }

  /** The constant of a code as people write it, {@code EGR904}. */
  static Optional<FindingCode> of(String code) {
    return all().stream().filter(known -> known.code().equals(code)).findFirst();
  }

  /** The code as people write it, {@code EGR904}. */
  default String code() {
    return entry().code();
  }

  /** How grave it is unless the context says otherwise. */
  default Severity severity() {
    return entry().severity();
  }

  /** What it is about, in a few words. */
  default String title() {
    return entry().title();
  }

  /** Its page for people: what it means, what one would see, wrong and right. */
  default String page() {
    return CodePage.of(code());
  }

  /**
   * A finding of this code.
   *
   * @param location where it stands
   * @param args what fills the templates of message and remedy, which count them alike
   */
  default Finding at(Location location, Object... args) {
    Object[] shown = Arrays.stream(args).map(ShownText::of).toArray();
    return new Finding(
        this,
        severity(),
        entry().message().formatted(shown),
        entry().remedy().formatted(shown),
        location);
  }
}
