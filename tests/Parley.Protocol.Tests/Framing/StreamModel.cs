namespace Parley.Protocol.Tests.Framing;

/// <summary>What the framers promise, written the slow and obvious way: whole input, byte by byte, no buffers.</summary>
internal static class StreamModel
{
    private const int Iac = 255;

    public static List<string> Lines(byte[] input, int max) => Results([.. input.Select(b => (int)b)], max, isTelnet: false);

    public static List<string> Telnet(byte[] input, int max) => Results(WithoutCommands(input), max, isTelnet: true);

    /// <summary>Data bytes, -1 for an interrupt, -2 for a subnegotiation without end.</summary>
    private static List<int> WithoutCommands(byte[] input)
    {
        var output = new List<int>();
        for (var i = 0; i < input.Length; i++)
        {
            if (input[i] != Iac)
            {
                output.Add(input[i]);
                continue;
            }

            if (++i == input.Length)
            {
                break;
            }

            switch (input[i])
            {
                case Iac:
                    output.Add(Iac);
                    break;
                case < 236:
                    output.Add(Iac);
                    i--;
                    break;
                case 236 or 238 or 243 or 244:
                    output.Add(-1);
                    break;
                case 250:
                    i = AfterSubnegotiation(input, i, output);
                    break;
                case > 250:
                    i++;
                    break;
            }
        }

        return output;
    }

    private static int AfterSubnegotiation(byte[] input, int i, List<int> output)
    {
        for (var count = 1; ++i < input.Length; count++)
        {
            if (input[i] == Iac && i + 1 < input.Length && count < 513)
            {
                count++;
                if (input[++i] == 240)
                {
                    return i;
                }
            }

            if (count >= 513)
            {
                output.Add(-2);
                return i;
            }
        }

        return i;
    }

    private static List<string> Results(List<int> stream, int max, bool isTelnet)
    {
        var results = new List<string>();
        var line = new List<byte>();
        var isTooLong = false;
        foreach (var next in stream)
        {
            var isEnd = next == '\n' || (isTelnet && next == 0 && line is [.., (byte)'\r']);
            if (isEnd)
            {
                WithoutReturn(line);
                results.AddRange(isTooLong ? [] : [$"Line {Bytes.Text(new(line.ToArray()))}"]);
                line.Clear();
                isTooLong = false;
            }
            else if (next == -1 || (isTelnet && next is 3 or 4 && line.Count == 0))
            {
                results.Add("Interrupt");
                line.Clear();
                isTooLong = false;
            }
            else
            {
                line.Add((byte)next);
                if (!isTooLong && (next == -2 || line.Count > max + 1 || (line.Count == max + 1 && next != '\r')))
                {
                    isTooLong = true;
                    results.Add("TooLong");
                }
            }
        }

        WithoutReturn(line);
        results.AddRange(isTooLong || line.Count == 0 ? [] : [$"Rest {Bytes.Text(new(line.ToArray()))}"]);
        return results;
    }

    private static void WithoutReturn(List<byte> line)
    {
        if (line is [.., (byte)'\r'])
        {
            line.RemoveAt(line.Count - 1);
        }
    }
}
