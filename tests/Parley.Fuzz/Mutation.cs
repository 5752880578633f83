namespace Parley.Fuzz;

/// <summary>Makes inputs of those in a corpus: joined, cut, repeated, with bytes changed and numbers driven to their limits.</summary>
internal static class Mutation
{
    /// <summary>Longer inputs find little that shorter ones do not, and cost their length.</summary>
    private const int MaxBytes = 16 * 1024;

    /// <summary>Bytes and words that mean something to one parser or another.</summary>
    private static readonly byte[][] Telling =
    [
        .. "\0\x01\x02\x03\x1b\x7f\r\n\t @:;=+\\,#*?!-/.%&\"'{}[]()<>|~^_`$".Select(symbol => new[] { (byte)symbol }),
        [0xFF], [0xC3], [0xC3, 0xA9], [0xE2, 0x80, 0xAE], [0xF0, 0x9F, 0x98, 0x80], [0xED, 0xA0, 0x80], [0xFF, 0xFB, 0x01],
        .. new[]
        {
            "0", "-1", "1", "2147483647", "2147483648", "-2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
            "68719476735", "68719476736", "1e308", "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "timestamp=", "msgid=", "*", "..",
        }.Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    public static byte[] Make(IReadOnlyList<byte[]> corpus, Random random)
    {
        var input = new List<byte>(corpus[random.Next(corpus.Count)]);
        for (var joined = random.Next(3); joined > 0; joined--)
        {
            input.AddRange(corpus[random.Next(corpus.Count)]);
        }

        for (var changes = random.Next(1, 10); changes > 0; changes--)
        {
            Change(input, random);
        }

        return [.. input.Take(MaxBytes)];
    }

    private static void Change(List<byte> input, Random random)
    {
        var at = random.Next(input.Count + 1);
        var length = Math.Min(random.Next(1, 24), input.Count - at);
        switch (random.Next(7))
        {
            case 0 when at < input.Count:
                input[at] = (byte)random.Next(256);
                break;
            case 1 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                input.RemoveRange(at, length);
                break;
            case 3:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 4 when length > 0:
                input.InsertRange(at, Enumerable.Repeat(input[at], 1 << random.Next(10)));
                break;
            case 5 when length > 0:
                input.RemoveRange(at, length);
                input.InsertRange(at, Telling[random.Next(Telling.Length)]);
                break;
            default:
                input.InsertRange(at, Telling[random.Next(Telling.Length)]);
                break;
        }
    }
}
