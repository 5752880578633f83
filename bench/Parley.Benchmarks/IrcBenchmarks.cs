using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Parley.Core.Names;
using Parley.Protocol.Irc;

namespace Parley.Benchmarks;

/// <summary>Time per message, with and without tags.</summary>
[MemoryDiagnoser]
public class IrcBenchmarks
{
    private const string Body = "PRIVMSG #main :Has anybody seen the otter today? It was here.";
    private const string Tags = "@label=a1;+draft/reply=4xk2m7;+typing=done ";

    private readonly IrcFramer _framer = new();
    private readonly ArrayBufferWriter<byte> _output = new(1024);
    private readonly DateTimeOffset _time = new(2026, 11, 20, 10, 32, 7, 125, TimeSpan.Zero);
    private readonly byte[] _text = Encoding.UTF8.GetBytes("Has anybody seen the otter today? It was here.");
    private readonly byte[] _plain = Encoding.UTF8.GetBytes(Body);
    private readonly byte[] _tagged = Encoding.UTF8.GetBytes(Tags + Body);
    private readonly ReadOnlySequence<byte> _stream = new(Encoding.UTF8.GetBytes(Body + "\r\n"));
    private readonly ReadOnlySequence<byte> _taggedStream = new(Encoding.UTF8.GetBytes(Tags + Body + "\r\n"));

    [Benchmark]
    public long Frame() => Read(_stream);

    [Benchmark]
    public long FrameWithTags() => Read(_taggedStream);

    [Benchmark]
    public int Parse() => IrcMessage.TryParse(_plain, out var message) ? message[1].Length : 0;

    [Benchmark]
    public int ParseWithTags()
    {
        var bytes = IrcMessage.TryParse(_tagged, out var message) ? message[1].Length : 0;
        foreach (var tag in message.Tags.ClientOnly)
        {
            bytes += tag.RawValue.Length;
        }

        return bytes;
    }

    [Benchmark]
    public int Write()
    {
        _output.ResetWrittenCount();
        _output.WriteIrc($":{"Ana"}!{"ana"}@{"parley/ana"} PRIVMSG #{"main"} :{_text}");
        return _output.WrittenCount;
    }

    [Benchmark]
    public int WriteWithTags()
    {
        _output.ResetWrittenCount();
        var tags = new IrcTagWriter(_output);
        tags.AddTime(_time);
        tags.Add("msgid"u8, "4xk2m7");
        tags.Add("account"u8, "Ana");
        tags.End();
        _output.WriteIrc($":{"Ana"}!{"ana"}@{"parley/ana"} PRIVMSG #{"main"} :{_text}");
        return _output.WrittenCount;
    }

    [Benchmark]
    public bool MatchMask() => Glob.Matches("*!*@*.dialup.example.com", "Ana!ana@host-10-32.dialup.example.net");

    private long Read(ReadOnlySequence<byte> input)
    {
        _framer.TryRead(ref input, out var line);
        return line.Length;
    }
}
