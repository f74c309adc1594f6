//! Sixteen numbers at a time, in the widest registers that the processor has.
//!
//! A kernel is written once over [`Lanes`] and compiled for each instruction set; [`Isa::run`] calls the one
//! that fits. Every function on the way from there to a [`Lanes`] method must be inlined, else the
//! instructions it is allowed to use are lost.
#![expect(
    clippy::inline_always,
    reason = "a kernel must be inlined into the function that enables its instructions"
)]

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{
    __m256, __m512, _mm256_add_ps, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_max_ps, _mm256_mul_ps,
    _mm256_set1_ps, _mm256_storeu_ps, _mm256_sub_ps, _mm512_add_ps, _mm512_fmadd_ps, _mm512_loadu_ps,
    _mm512_max_ps, _mm512_mul_ps, _mm512_set1_ps, _mm512_storeu_ps, _mm512_sub_ps,
};

/// Numbers in a [`Lanes`].
pub(super) const LANES: usize = 16;

/// Sixteen `f32`.
pub(super) trait Lanes: Copy {
    /// Most rows of a tile of a matrix product: as many as leave every sum in a register.
    const TILE_ROWS: usize;
    /// Most columns of such a tile, in `Lanes`.
    const TILE_PANELS: usize;

    fn splat(x: f32) -> Self;
    fn load(from: &[f32; LANES]) -> Self;
    fn store(self, to: &mut [f32; LANES]);
    fn add(self, other: Self) -> Self;
    fn sub(self, other: Self) -> Self;
    fn mul(self, other: Self) -> Self;
    fn max(self, other: Self) -> Self;
    /// `self * factor + term`, rounded once where the processor can.
    fn mul_add(self, factor: Self, term: Self) -> Self;

    #[inline(always)]
    fn sum(self) -> f32 {
        let mut lanes = [0.0; LANES];
        self.store(&mut lanes);
        let mut half = LANES / 2;
        while half > 0 {
            for i in 0..half {
                lanes[i] += lanes[i + half];
            }
            half /= 2;
        }
        lanes[0]
    }
}

/// A computation that can be compiled for each instruction set.
pub(super) trait Kernel {
    /// Must be `#[inline(always)]`.
    fn run<V: Lanes>(self);
}

/// The instruction set that kernels run with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Isa {
    /// AVX-512.
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// AVX2 with fused multiply-add.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// What every processor of the target has.
    Portable,
}

impl Isa {
    /// The best that this processor has.
    pub(crate) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f") {
                return Self::Avx512;
            }
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                return Self::Avx2;
            }
        }
        Self::Portable
    }

    /// All that this processor has.
    #[cfg(test)]
    pub(super) fn available() -> Vec<Self> {
        let mut all = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            let best = Self::detect();
            if best != Self::Portable {
                all.push(Self::Avx2);
            }
            if best == Self::Avx512 {
                all.push(Self::Avx512);
            }
        }
        all
    }

    /// Runs a kernel with these instructions.
    #[inline]
    #[cfg_attr(
        target_arch = "x86_64",
        expect(unsafe_code, reason = "calling a function that enables instructions is unsafe")
    )]
    pub(super) fn run(self, kernel: impl Kernel) {
        match self {
            // SAFETY: `Isa` is made by `detect` alone, which has seen that the processor has the instructions.
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => unsafe { run_avx512(kernel) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { run_avx2(kernel) },
            Self::Portable => kernel.run::<[f32; LANES]>(),
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn run_avx512(kernel: impl Kernel) {
    kernel.run::<__m512>();
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn run_avx2(kernel: impl Kernel) {
    kernel.run::<[__m256; 2]>();
}

impl Lanes for [f32; LANES] {
    const TILE_ROWS: usize = 3;
    const TILE_PANELS: usize = 1;

    #[inline(always)]
    fn splat(x: f32) -> Self {
        [x; LANES]
    }
    #[inline(always)]
    fn load(from: &[f32; LANES]) -> Self {
        *from
    }
    #[inline(always)]
    fn store(self, to: &mut [f32; LANES]) {
        *to = self;
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        std::array::from_fn(|i| self[i] + other[i])
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        std::array::from_fn(|i| self[i] - other[i])
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        std::array::from_fn(|i| self[i] * other[i])
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        std::array::from_fn(|i| if self[i] > other[i] { self[i] } else { other[i] })
    }
    #[inline(always)]
    fn mul_add(self, factor: Self, term: Self) -> Self {
        // Without the instruction, a call of `f32::mul_add` is a library call for every number.
        if cfg!(target_feature = "fma") || cfg!(target_arch = "aarch64") {
            std::array::from_fn(|i| self[i].mul_add(factor[i], term[i]))
        } else {
            std::array::from_fn(|i| self[i] * factor[i] + term[i])
        }
    }
}

/// The methods of [`Lanes`] over registers.
#[cfg(target_arch = "x86_64")]
macro_rules! methods {
    ($name:ident, $($method:ident($($arg:ident),*) = $op:ident;)*) => {$(
        #[inline(always)]
        fn $method(self, $($arg: Self),*) -> Self {
            // SAFETY: kernels are inlined into `run_avx512` or `run_avx2`, which enable the instruction.
            unsafe { $name!($op, self, $($arg),*) }
        }
    )*};
}

#[cfg(target_arch = "x86_64")]
macro_rules! one_register {
    ($op:ident, $($arg:expr),*) => { $op($($arg),*) };
}

#[cfg(target_arch = "x86_64")]
macro_rules! two_registers {
    ($op:ident, $($arg:expr),*) => { [$op($($arg[0]),*), $op($($arg[1]),*)] };
}

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "intrinsics are unsafe outside of functions that enable their instructions")]
impl Lanes for __m512 {
    const TILE_ROWS: usize = 8;
    const TILE_PANELS: usize = 3;

    #[inline(always)]
    fn splat(x: f32) -> Self {
        // SAFETY: kernels are inlined into `run_avx512`.
        unsafe { _mm512_set1_ps(x) }
    }
    #[inline(always)]
    fn load(from: &[f32; LANES]) -> Self {
        // SAFETY: as above; sixteen numbers are read, and there are sixteen.
        unsafe { _mm512_loadu_ps(from.as_ptr()) }
    }
    #[inline(always)]
    fn store(self, to: &mut [f32; LANES]) {
        // SAFETY: as above; sixteen numbers are written, and there are sixteen.
        unsafe { _mm512_storeu_ps(to.as_mut_ptr(), self) }
    }
    methods! {
        one_register,
        add(other) = _mm512_add_ps;
        sub(other) = _mm512_sub_ps;
        mul(other) = _mm512_mul_ps;
        max(other) = _mm512_max_ps;
        mul_add(factor, term) = _mm512_fmadd_ps;
    }
}

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "intrinsics are unsafe outside of functions that enable their instructions")]
impl Lanes for [__m256; 2] {
    const TILE_ROWS: usize = 6;
    const TILE_PANELS: usize = 1;

    #[inline(always)]
    fn splat(x: f32) -> Self {
        // SAFETY: kernels are inlined into `run_avx2`.
        unsafe { [_mm256_set1_ps(x); 2] }
    }
    #[inline(always)]
    fn load(from: &[f32; LANES]) -> Self {
        // SAFETY: as above; two times eight numbers are read, and there are sixteen.
        unsafe { [_mm256_loadu_ps(from.as_ptr()), _mm256_loadu_ps(from.as_ptr().add(LANES / 2))] }
    }
    #[inline(always)]
    fn store(self, to: &mut [f32; LANES]) {
        // SAFETY: as above; two times eight numbers are written, and there are sixteen.
        unsafe {
            _mm256_storeu_ps(to.as_mut_ptr(), self[0]);
            _mm256_storeu_ps(to.as_mut_ptr().add(LANES / 2), self[1]);
        }
    }
    methods! {
        two_registers,
        add(other) = _mm256_add_ps;
        sub(other) = _mm256_sub_ps;
        mul(other) = _mm256_mul_ps;
        max(other) = _mm256_max_ps;
        mul_add(factor, term) = _mm256_fmadd_ps;
    }
}
