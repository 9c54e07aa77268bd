using System.Collections.Frozen;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace ClinicalSuite.Dicom;

/// <summary>Unique identifiers (PS3.5 9): constants by PS3.6 keyword, deterministic new ones, validity.</summary>
public static partial class DicomUID
{
    /// <summary>The implementation class UID of this suite's file meta header and associations.</summary>
    public static string ImplementationClass { get; } = FromSeed("ClinicalSuite.Dicom implementation class");

    private static readonly Lazy<IReadOnlyList<(string Uid, string Kind, string Name)>> Rows = new(
        () => [.. NameRows.Split('\n').Select(row => row.Split('\t')).Select(fields => (fields[0], fields[1], fields[2]))]);

    private static readonly Lazy<FrozenDictionary<string, string>> Names = new(
        () => Rows.Value.ToFrozenDictionary(row => row.Uid, row => row.Name, StringComparer.Ordinal));

    /// <summary>PS3.6 Annex A: each UID with its kind, such as <c>SOP Class</c> or <c>Transfer Syntax</c>, and its name.</summary>
    public static IReadOnlyList<(string Uid, string Kind, string Name)> Registered => Rows.Value;

    /// <summary>
    /// The same UID for the same seed, always: <c>2.25.</c> and the first 128 bits of the seed's SHA-256 as a decimal
    /// number (PS3.5 B.2).
    /// </summary>
    public static string FromSeed(string seed)
    {
        ArgumentNullException.ThrowIfNull(seed);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        return "2.25." + new BigInteger(hash.AsSpan(0, 16), isUnsigned: true, isBigEndian: true);
    }

    /// <summary>At most 64 characters, digits in components without leading zeros (PS3.5 9.1).</summary>
    public static bool IsValid(string? uid)
    {
        if (string.IsNullOrEmpty(uid) || uid.Length > 64)
        {
            return false;
        }

        var start = 0;
        for (var index = 0; index <= uid.Length; index++)
        {
            if (index < uid.Length && uid[index] != '.')
            {
                if (!char.IsAsciiDigit(uid[index]))
                {
                    return false;
                }

                continue;
            }

            var length = index - start;
            if (length == 0 || (length > 1 && uid[start] == '0'))
            {
                return false;
            }

            start = index + 1;
        }

        return true;
    }

    /// <summary>
    /// Digits and dots, at most 64, no component empty. Leading zeros of a component break PS3.5 9.1 but are sent by real devices
    /// and do no harm, so identifiers of others need no more than this; those that we make are held to <see cref="IsValid"/>.
    /// </summary>
    public static bool IsWellFormed(string? uid)
    {
        if (string.IsNullOrEmpty(uid) || uid.Length > 64 || uid[0] == '.' || uid[^1] == '.')
        {
            return false;
        }

        for (var index = 0; index < uid.Length; index++)
        {
            if (uid[index] == '.' ? uid[index - 1] == '.' : !char.IsAsciiDigit(uid[index]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The name in PS3.6 Annex A, or the UID itself where it is not listed there.</summary>
    public static string NameOf(string uid) => Names.Value.GetValueOrDefault(uid, uid);
}
