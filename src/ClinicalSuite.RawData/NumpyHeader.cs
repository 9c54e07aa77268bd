using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ClinicalSuite.RawData;

/// <summary>The header of an .npy file: a Python dictionary literal with three keys (NumPy enhancement proposal 1, versions 1 to 3).</summary>
internal sealed record NumpyHeader(string Descr, bool IsFortranOrder, IReadOnlyList<int> Shape)
{
    /// <summary>NumPy itself goes no further.</summary>
    private const int MostAxes = 32;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public static NumpyHeader Read(RawDataInput input, RawDataLimits limits)
    {
        Span<byte> start = stackalloc byte[8];
        input.Read(start);
        if (!start[..6].SequenceEqual(Magic))
        {
            throw input.Fault("no .npy file: it does not begin with the bytes 93 NUMPY", 0);
        }

        var version = start[6];
        if (version is < 1 or > 3)
        {
            throw input.Fault($".npy version {version}, read are 1 to 3", 6);
        }

        Span<byte> size = stackalloc byte[4];
        size.Clear();
        input.Read(size[..(version == 1 ? 2 : 4)]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(size);
        var most = Math.Min(limits.HeaderBytes, input.Remaining ?? long.MaxValue);
        if (length > most)
        {
            throw input.Fault($"a header of {length} bytes, at most {most}", 8);
        }

        var textStart = input.Position;
        var text = new byte[length];
        input.Read(text);
        var literal = (version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text);
        try
        {
            return new Parser(literal).Dictionary();
        }
        catch (FormatException e)
        {
            throw new RawDataFormatException("the .npy header is damaged: " + e.Message, input.Name, textStart);
        }
    }

    /// <summary>Version 1, padded so that the data begin at a multiple of 64 bytes.</summary>
    public static byte[] Compose(string descr, IReadOnlyList<int> shape)
    {
        var sizes = string.Join(", ", shape.Select(n => n.ToString(CultureInfo.InvariantCulture)));
        var literal = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({sizes}{(shape.Count == 1 ? "," : "")}), }}";
        var total = (10 + literal.Length + 1 + 63) / 64 * 64;
        var text = literal.PadRight(total - 11) + "\n";
        return [.. Magic, 1, 0, (byte)(text.Length & 0xFF), (byte)(text.Length >> 8), .. Encoding.ASCII.GetBytes(text)];
    }

    /// <summary>Reads as much of Python's literals as NumPy writes: strings, True, False, tuples of whole numbers.</summary>
    private sealed class Parser(string text)
    {
        private int _at;

        public NumpyHeader Dictionary()
        {
            string? descr = null;
            bool? fortran = null;
            List<int>? shape = null;
            Expect('{');
            while (!TryTake('}'))
            {
                var key = Quoted();
                Expect(':');
                switch (key)
                {
                    case "descr":
                        descr = Peek() is '[' or '{' ? throw new FormatException("structured types are not read") : Quoted();
                        break;
                    case "fortran_order":
                        fortran = Truth();
                        break;
                    case "shape":
                        shape = Tuple();
                        break;
                    default:
                        throw new FormatException("a key that is not known");
                }

                if (!TryTake(','))
                {
                    Expect('}');
                    break;
                }
            }

            return new NumpyHeader(
                descr ?? throw new FormatException("no 'descr'"),
                fortran ?? throw new FormatException("no 'fortran_order'"),
                shape ?? throw new FormatException("no 'shape'"));
        }

        private List<int> Tuple()
        {
            var numbers = new List<int>();
            Expect('(');
            while (!TryTake(')'))
            {
                numbers.Add(Number());
                if (numbers.Count > MostAxes)
                {
                    throw new FormatException($"more than {MostAxes} axes");
                }

                if (!TryTake(','))
                {
                    Expect(')');
                    break;
                }
            }

            return numbers;
        }

        private int Number()
        {
            Peek();
            var start = _at;
            while (_at < text.Length && char.IsAsciiDigit(text[_at]))
            {
                _at++;
            }

            var digits = text.AsSpan(start, _at - start);
            TryTake('L'); // as Python 2 wrote long numbers
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new FormatException("an axis that is no whole number below 2^31");
        }

        private bool Truth()
        {
            Peek();
            foreach (var (word, value) in new[] { ("True", true), ("False", false) })
            {
                if (text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal))
                {
                    _at += word.Length;
                    return value;
                }
            }

            throw new FormatException("neither True nor False");
        }

        private string Quoted()
        {
            var quote = Peek();
            var end = quote is '\'' or '"' ? text.IndexOf(quote, _at + 1) : -1;
            if (end < 0)
            {
                throw new FormatException($"no string at character {_at}");
            }

            var value = text[(_at + 1)..end];
            _at = end + 1;
            return value;
        }

        private char Peek()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }

            return _at < text.Length ? text[_at] : '\0';
        }

        private bool TryTake(char wanted)
        {
            var found = Peek() == wanted;
            _at += found ? 1 : 0;
            return found;
        }

        private void Expect(char wanted)
        {
            if (!TryTake(wanted))
            {
                throw new FormatException($"no '{wanted}' at character {_at}");
            }
        }
    }
}
