package org.libdam.binding;
import org.junit.jupiter.api.Test;
class DamCTest { @Test void a() {} }
