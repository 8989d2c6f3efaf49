"""The federation that the load test makes up: benchmarks with different schemas, sites, flavors, tags.

Everything follows from the seed alone. The figures are made up and mean nothing.
"""

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

BENCHMARKS, SITES, FLAVORS, TAGS = 10, 50, 200, 20
CORES = (1, 2, 4, 8, 16, 32, 64)
CPUS = (
    "AMD EPYC 7702 64-Core Processor",
    "AMD EPYC 7543 32-Core Processor",
    "Intel Xeon Processor (Skylake, IBRS)",
    "Intel Xeon Gold 6130 @ 2.10GHz",
    "Intel Xeon E5-2670 0 @ 2.60GHz",
    "Intel Xeon Platinum 8360Y @ 2.40GHz",
)
FLAGS = """
fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ss
ht syscall nx pdpe1gb rdtscp lm constant_tsc rep_good nopl xtopology cpuid tsc_known_freq pni
pclmulqdq vmx ssse3 fma cx16 pcid sse4_1 sse4_2 x2apic movbe popcnt tsc_deadline_timer aes xsave avx
f16c rdrand hypervisor lahf_lm abm 3dnowprefetch cpuid_fault invpcid_single ssbd ibrs ibpb stibp
ibrs_enhanced tpr_shadow vnmi flexpriority ept vpid ept_ad fsgsbase tsc_adjust bmi1 avx2 smep bmi2
erms invpcid mpx avx512f avx512dq rdseed adx smap clflushopt clwb avx512cd avx512bw avx512vl
xsaveopt xsavec xgetbv1 xsaves arat umip pku ospke avx512_vnni md_clear arch_capabilities
""".split()  # noqa: SIM905  # a list would be a hundred lines
PACKAGES = """
c6 gcc-s stdc++ gomp openmpi ucx pmix hwloc fftw3 openblas lapack scalapack hdf5 netcdf boost-system
tbb numa ibverbs rdmacm fabric zlib bz2 lzma zstd ssl crypto curl xml2 json-c yaml sqlite pq
""".split()  # noqa: SIM905
METRICS = (
    ("c-ray", "s", "lower"),
    ("stream-triad", "MB/s", "higher"),
    ("sysbench-cpu", "events/s", "higher"),
    ("fio-randread", "IOPS", "higher"),
    ("gromacs-water", "ns/day", "higher"),
    ("openfoam-motorbike", "s", "lower"),
    ("hpl", "GFLOPS", "higher"),
    ("iperf3-tcp", "Gbit/s", "higher"),
    ("resnet50-train", "images/s", "higher"),
    ("sqlite-insert", "s", "lower"),
)


@dataclass(frozen=True)
class Benchmark:
    id: UUID
    name: str
    schema: dict[str, Any]
    base: float


@dataclass(frozen=True)
class Flavor:
    id: UUID
    site_id: UUID
    name: str
    machine: dict[str, Any]
    speed: float


@dataclass(frozen=True)
class Catalogue:
    uploader_id: UUID
    benchmarks: list[Benchmark]
    sites: list[tuple[UUID, str]]
    flavors: list[Flavor]
    tags: list[tuple[UUID, str]]


def uuid(dice: random.Random) -> UUID:
    return UUID(int=dice.getrandbits(128), version=4)


def uuid_of(moment: datetime, dice: random.Random) -> UUID:
    """A UUID as results have it (version 7): milliseconds, then random bits."""
    milliseconds = int(moment.timestamp() * 1000)
    bits = milliseconds << 80 | 0x7 << 76 | dice.getrandbits(12) << 64 | 0b10 << 62 | dice.getrandbits(62)
    return UUID(int=bits)


def make(seed: int) -> Catalogue:
    """The same catalogue for the same seed."""
    dice = random.Random(f"catalogue {seed}")  # noqa: S311
    sites = [(uuid(dice), f"SITE-{number:02}") for number in range(SITES)]
    return Catalogue(
        uploader_id=uuid(dice),
        benchmarks=[benchmark(dice, position) for position in range(BENCHMARKS)],
        sites=sites,
        flavors=[flavor(dice, sites[number % SITES][0], number) for number in range(FLAVORS)],
        tags=[(uuid(dice), f"tag-{number:02}") for number in range(TAGS)],
    )


def benchmark(dice: random.Random, position: int) -> Benchmark:
    name, unit, better = METRICS[position]
    machine = {
        "type": "object",
        "properties": {
            "cpu": {
                "type": "object",
                "properties": {
                    "count": field("integer", role="machine", unit="cores"),
                    "model": field("string", role="machine"),
                    "mhz": field("number", role="machine", unit="MHz"),
                    "flags": {"type": "array", "items": {"type": "string"}},
                },
            },
            "memory_mb": field("integer", role="machine", unit="MB"),
        },
    }
    score = field("number", role="metric", unit=unit, better=better, primary=True, samples="/result/samples")
    schema = {
        "type": "object",
        "required": ["result", "machine"],
        "properties": {
            "result": {
                "type": "object",
                "properties": {
                    "score": score,
                    "samples": {"type": "array", "items": {"type": "number"}},
                    **{f"phase_{letter}": {"type": "number"} for letter in "abcdefgh"[: 1 + position % 8]},
                },
            },
            "machine": machine,
            "parameters": {
                "type": "object",
                "properties": {"size": field("integer", role="parameter"), "label": {"type": "string"}},
            },
        },
    }
    return Benchmark(uuid(dice), name, schema, base=10 ** dice.uniform(0, 4))


def field(kind: str, **meaning: object) -> dict[str, Any]:
    return {"type": kind, "suggestToUser": True, "x-perf": meaning}


def flavor(dice: random.Random, site_id: UUID, number: int) -> Flavor:
    cores = dice.choice(CORES)
    mhz = round(dice.uniform(2000, 3800), 1)
    machine = {
        "cpu": {
            "count": cores,
            "model": dice.choice(CPUS),
            "mhz": mhz,
            "flags": dice.sample(FLAGS, k=dice.randint(80, len(FLAGS))),
            "caches": {"L1d": "32K", "L2": "1024K", "L3": f"{dice.choice((16, 32, 64))}M"},
        },
        "memory_mb": cores * dice.choice((2048, 4096, 8192)),
        "os": {"kernel": f"5.{dice.randint(4, 19)}.0-{dice.randint(10, 90)}-generic"},
        "packages": {
            f"lib{name}": ".".join(str(dice.randint(0, 40)) for _ in range(3))
            + f"-{dice.randint(1, 5)}deb12u1"
            for name in PACKAGES
        },
        "disk": {"kind": dice.choice(("ssd", "hdd", "ceph")), "gb": dice.choice((10, 20, 40, 80))},
        "network": [{"name": f"eth{i}", "driver": "virtio_net"} for i in range(dice.randint(1, 3))],
    }
    return Flavor(uuid(dice), site_id, f"m{number}.{cores}core", machine, speed=cores * mhz / 3000)
