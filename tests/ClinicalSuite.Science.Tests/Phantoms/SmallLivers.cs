using System.Collections.Concurrent;
using ClinicalSuite.Phantoms.Abdomen;

namespace ClinicalSuite.Science.Tests.Phantoms;

/// <summary>Phantoms of a million voxels, made once each.</summary>
internal static class SmallLivers
{
    private static readonly ConcurrentDictionary<CtLiverSettings, Lazy<CtLiverPhantom>> Made = new();

    public static CtLiverSettings Settings(ulong seed) => new() { Seed = seed, SpacingMm = 2.5, SliceMm = 3 };

    public static CtLiverPhantom Of(ulong seed) => Of(Settings(seed));

    public static CtLiverPhantom Of(CtLiverSettings settings) =>
        Made.GetOrAdd(settings, s => new Lazy<CtLiverPhantom>(() => CtLiver.Make(s, threads: 2))).Value;
}
