/** Says one intent for many tenants. */
@NullMarked
package io.github.istioegress.fleet;

import org.jspecify.annotations.NullMarked;
