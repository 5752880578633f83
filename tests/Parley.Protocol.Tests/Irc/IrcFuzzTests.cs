using System.Diagnostics;
using System.Globalization;

namespace Parley.Protocol.Tests.Irc;

/// <summary>
/// Feeds the fuzz target with what clients send, damaged. The same 1500 streams each time, so that a failure comes back; then others, for as
/// many seconds as PARLEY_FUZZ_SECONDS says.
/// </summary>
public sealed class IrcFuzzTests
{
    private static readonly string[] Corpus =
    [
        "CAP LS 302\r\nNICK Ana\r\nUSER ana 0 * :Ana\r\n", "CAP REQ :sasl message-tags\r\nAUTHENTICATE PLAIN\r\nAUTHENTICATE AGEAYg==\r\nCAP END\r\n",
        "JOIN #a,#b key,\r\nPART #a :bye\r\nTOPIC #a :\xC3\xA9\r\n", "@label=1;+typing=active TAGMSG #a\r\n",
        "@+draft/reply=x\\sy\\:\\\\;+a;+a=2 :me!u@h PRIVMSG @#a,Bob :\x01" + "ACTION waves\x01\r\n",
        "MODE #a +ov-b+lk Ana Bob *!*@*.x 10 key\r\nMODE #a b\r\n", "CHATHISTORY BETWEEN #a timestamp=2011-10-19T16:40:51.620Z msgid=1 10\n",
        "PRIVMSG #a ::-) a  b \r\n\r\n\n", "X 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17\r\n", "PRIVMSG #a :" + new string('x', 495) + "\r\n",
        "@+a=" + new string('t', 4091) + " PING a\r\n", "@a " + new string('y', 511) + "\n",
    ];

    private static readonly byte[] Telling = Bytes.Of("\0\x01\r\n @:;=+\\,#*?!-\xC3\xA9\xFFko");

    [Fact]
    public void The_fuzz_target_holds_for_damaged_streams()
    {
        for (var seed = 0; seed < 1500; seed++)
        {
            Run(seed);
        }

        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < ExtraTime())
        {
            Run(Random.Shared.Next());
        }
    }

    private static TimeSpan ExtraTime() =>
        double.TryParse(Environment.GetEnvironmentVariable("PARLEY_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.Zero;

    private static void Run(int seed)
    {
        try
        {
            IrcFuzzTarget.Run(Stream(new Random(seed)), seed);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"The stream of seed {seed}: {failure.Message}", failure);
        }
    }

    private static byte[] Stream(Random random)
    {
        var stream = new List<byte>();
        for (var lines = random.Next(1, 5); lines > 0; lines--)
        {
            stream.AddRange(Bytes.Of(Corpus[random.Next(Corpus.Length)]));
        }

        for (var damage = random.Next(0, 12); damage > 0 && stream.Count > 0; damage--)
        {
            var at = random.Next(stream.Count);
            switch (random.Next(5))
            {
                case 0:
                    stream[at] = (byte)random.Next(256);
                    break;
                case 1:
                    stream.Insert(at, Telling[random.Next(Telling.Length)]);
                    break;
                case 2:
                    stream[at] = Telling[random.Next(Telling.Length)];
                    break;
                case 3:
                    stream.RemoveRange(at, Math.Min(random.Next(1, 20), stream.Count - at));
                    break;
                default:
                    stream.InsertRange(at, stream.GetRange(at, Math.Min(random.Next(1, 60), stream.Count - at)));
                    break;
            }
        }

        return [.. stream];
    }
}
