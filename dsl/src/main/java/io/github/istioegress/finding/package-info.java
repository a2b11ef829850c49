/** What can be wrong: code, severity, place. */
@NullMarked
package io.github.istioegress.finding;

import org.jspecify.annotations.NullMarked;
