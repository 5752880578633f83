namespace Parley.Protocol.Tests.Framing;

/// <summary>Ways of cutting one input into the pieces it might arrive in.</summary>
internal static class Chunks
{
    /// <summary>All 2^(n-1) ways; for short inputs only.</summary>
    public static IEnumerable<byte[][]> Every(byte[] input)
    {
        for (var cuts = 0; cuts < 1 << (input.Length - 1); cuts++)
        {
            yield return Cut(input, i => (cuts >> i & 1) != 0);
        }
    }

    /// <summary>Byte by byte, in two at each place, and at random.</summary>
    public static IEnumerable<byte[][]> Some(byte[] input, int seed)
    {
        yield return Cut(input, _ => true);
        for (var at = 0; at < input.Length; at++)
        {
            yield return Cut(input, i => i == at);
        }

        var random = new Random(seed);
        for (var n = 0; n < 10; n++)
        {
            yield return Cut(input, _ => random.Next(4) == 0);
        }
    }

    private static byte[][] Cut(byte[] input, Func<int, bool> isCutAfter)
    {
        var chunks = new List<byte[]>();
        var start = 0;
        for (var i = 0; i < input.Length; i++)
        {
            if (isCutAfter(i) || i == input.Length - 1)
            {
                chunks.Add(input[start..(i + 1)]);
                start = i + 1;
            }
        }

        return [.. chunks];
    }
}
