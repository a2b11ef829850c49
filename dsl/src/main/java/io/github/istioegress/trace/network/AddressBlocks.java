package io.github.istioegress.trace.network;

import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.github.istioegress.trace.envoy.Cidr;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Blocks of addresses, and what they hold where an address is known, and where it is not. */
final class AddressBlocks {

  /** Where no host of the internet lies. */
  private static final List<Cidr> PRIVATE =
      ranges(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "224.0.0.0/3",
          "::1/128",
          "fc00::/7",
          "fe80::/10",
          "ff00::/8");

  /** Where pods lie; other private ranges are for other things. */
  private static final List<Cidr> PODS =
      ranges("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

  private AddressBlocks() {}

  private static List<Cidr> ranges(String... texts) {
    return Stream.of(texts).flatMap(text -> Cidr.parse(text).stream()).toList();
  }

  /** Whether an address lies in a block. */
  static Fit holds(IPBlock block, Cidr address) {
    return Fit.of(
        range(block).filter(range -> range.contains(address)).isPresent()
            && excepted(block).noneMatch(range -> range.contains(address)));
  }

  /**
   * Whether a block holds an address that is not known. A block of all public addresses is taken to
   * hold it; any other may or may not.
   */
  static Fit holdsUnknown(IPBlock block) {
    Optional<Cidr> range = range(block);
    if (range.isEmpty()) {
      return Fit.NO;
    }
    boolean everything = range.get().prefix() == 0 && range.get().width() == 32;
    return everything && excepted(block).allMatch(AddressBlocks::isPrivate) ? Fit.YES : Fit.UNKNOWN;
  }

  /**
   * Whether a block holds a pod. Network plugins differ on it, and addresses of pods are given when
   * they start; a block without private addresses holds none.
   */
  static Fit holdsSomePod(IPBlock block) {
    Optional<Cidr> range = range(block);
    if (range.isEmpty()) {
      return Fit.NO;
    }
    List<Cidr> excepted = excepted(block).toList();
    boolean none =
        PODS.stream()
            .filter(one -> range.get().contains(one) || one.contains(range.get()))
            .allMatch(one -> excepted.stream().anyMatch(by -> by.contains(one)));
    return none ? Fit.NO : Fit.UNKNOWN;
  }

  private static boolean isPrivate(Cidr range) {
    return PRIVATE.stream().anyMatch(one -> one.contains(range));
  }

  private static Optional<Cidr> range(IPBlock block) {
    return Cidr.parse(Objects.requireNonNullElse(block.getCidr(), ""));
  }

  private static Stream<Cidr> excepted(IPBlock block) {
    return block.getExcept().stream().flatMap(text -> Cidr.parse(text).stream());
  }
}
