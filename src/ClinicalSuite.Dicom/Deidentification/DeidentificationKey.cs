using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>
/// A site's secret. All that replaces an identifier is derived from it by HMAC-SHA-256: the same key gives the same UIDs,
/// pseudonyms and days in every run, and without the key nobody can tell which value a replacement stands for.
/// </summary>
public sealed class DeidentificationKey
{
    /// <summary>Shorter secrets could be guessed. Bytes.</summary>
    public const int MinimumBytes = 16;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int PseudonymLetters = 10;
    private const int LongestShiftDays = 3652;

    private readonly byte[] secret;

    /// <exception cref="ArgumentException">The secret is shorter than <see cref="MinimumBytes"/>.</exception>
    public DeidentificationKey(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < MinimumBytes)
        {
            throw new ArgumentException($"A key has at least {MinimumBytes} bytes, not {secret.Length}.", nameof(secret));
        }

        this.secret = secret.ToArray();
    }

    /// <summary>A key that no later run has.</summary>
    public static DeidentificationKey CreateRandom() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>The UID that stands for another one: <c>2.25.</c> and a UUID of version 8 (RFC 9562; PS3.5 B.2).</summary>
    public string MapUid(string uid)
    {
        var bytes = Derive("uid", uid)[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return "2.25." + new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    /// <summary>Ten letters and digits that stand for a value, 50 bits of them.</summary>
    internal string Pseudonym(string purpose, string value) =>
        string.Create(PseudonymLetters, Derive(purpose, value), (letters, bytes) =>
        {
            for (var index = 0; index < letters.Length; index++)
            {
                letters[index] = Alphabet[bytes[index] & 31];
            }
        });

    /// <summary>Days by which a patient's dates move: into the past, so that none lies ahead; at most ten years.</summary>
    internal int ShiftDays(string patient) =>
        -1 - (int)(BitConverter.ToUInt32(Derive("days", patient).AsSpan(0, 4)) % LongestShiftDays);

    private byte[] Derive(string purpose, string value) =>
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{purpose}\0{value}"));
}
