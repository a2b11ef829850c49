package io.github.istioegress.trace.registry;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryAddress;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The addresses that istiod gives to hosts of entries that have none: what the entry's status says,
 * else one that stands for it, for which of them a host gets depends on when it came.
 */
public final class AllocatedAddresses {

  /** From where istiod takes them; no machine has one. */
  private static final String RANGE = "240.240.";

  private AllocatedAddresses() {}

  /** True for an address that istiod gives out. */
  public static boolean isOne(String address) {
    return address.startsWith(RANGE);
  }

  /** The same services, those with an address that want one. */
  static List<RegistryService> give(List<RegistryService> services) {
    Map<String, String> given = new HashMap<>();
    int next = 1;
    List<RegistryService> inOrder =
        services.stream()
            .filter(RegistryService::wantsAddress)
            .sorted(
                Comparator.comparing(RegistryService::namespace)
                    .thenComparing(service -> service.source().key().name())
                    .thenComparing(AllocatedAddresses::position))
            .toList();
    for (RegistryService service : inOrder) {
      String stand = RANGE + next / 256 + "." + next % 256;
      if (given.putIfAbsent(key(service), said(service, stand)) == null) {
        next++;
      }
    }
    List<RegistryService> all = new ArrayList<>(services.size());
    for (RegistryService service : services) {
      String address = given.get(key(service));
      all.add(address == null || !service.wantsAddress() ? service : service.withAddress(address));
    }
    return List.copyOf(all);
  }

  private static int position(RegistryService service) {
    ServiceEntry entry = (ServiceEntry) service.source().object();
    return entry.getSpec().getHosts().indexOf(service.hostname());
  }

  private static String key(RegistryService service) {
    return service.source().key() + " " + service.hostname();
  }

  private static String said(RegistryService service, String otherwise) {
    ServiceEntry entry = (ServiceEntry) service.source().object();
    if (entry.getStatus() == null || entry.getStatus().getAddresses() == null) {
      return otherwise;
    }
    return entry.getStatus().getAddresses().stream()
        .filter(one -> service.hostname().equals(one.getHost()))
        .map(ServiceEntryAddress::getValue)
        .filter(value -> value != null && !value.contains(":"))
        .findFirst()
        .orElse(otherwise);
  }
}
