using System.Buffers;
using BenchmarkDotNet.Attributes;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Wire;

namespace Parley.Benchmarks;

/// <summary>Time per message put into bytes, which happens once per set of capabilities and not per member.</summary>
[MemoryDiagnoser]
public class IrcEncodingBenchmarks
{
    private static readonly MessagePosted Message = Chat.Message with
    {
        Actor = new Actor(UserId: 1, Chat.NameOf(0), new UserProfile { Ident = "~member", Host = "parley/member0", Login = new ProvenAccount(new AccountId(1), Chat.NameOf(0), default) }),
    };

    private readonly ArrayBufferWriter<byte> _output = new(1024);
    private readonly IrcFlavor _plain = new(new IrcEvents(IrcCapabilities.None, "parley", maxPlainLines: 5));
    private readonly IrcFlavor _withTags = new(new IrcEvents(IrcCapabilities.MessageTags | IrcCapabilities.ServerTime | IrcCapabilities.AccountTag, "parley", maxPlainLines: 5));

    [Benchmark]
    public int Writer()
    {
        _output.ResetWrittenCount();
        _output.WriteIrc($":{Chat.AuthorName}!{"~member"}@{"parley/member0"} PRIVMSG #{Chat.Room.Value} :{Chat.Text.Span}");
        return _output.WrittenCount;
    }

    [Benchmark]
    public int Flavor() => Encode(_plain);

    [Benchmark]
    public int FlavorWithTags() => Encode(_withTags);

    private int Encode(IrcFlavor flavor)
    {
        _output.ResetWrittenCount();
        flavor.Encode(Message, _output);
        return _output.WrittenCount;
    }
}
