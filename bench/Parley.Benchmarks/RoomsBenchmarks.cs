using BenchmarkDotNet.Attributes;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Server.Lines;

namespace Parley.Benchmarks;

/// <summary>Time per message, through the broker and the flush, where there are so many rooms of one member each.</summary>
[MemoryDiagnoser]
public class RoomsBenchmarks
{
    /// <summary>A prime, larger than any number of rooms: its steps come to all of them, each far from the one before.</summary>
    private const int Stride = 1_000_003;

    private readonly HandFlushes _flushes = new();
    private LocalBroker _broker = null!;
    private (Session Author, RoomName Room)[] _rooms = null!;
    private int _next;

    [Params(10, 1000, 100_000)]
    public int Rooms { get; set; }

    /// <summary>Whether they all talk, so that none is in the processor's cache when its turn comes, or ten of them.</summary>
    [Params(false, true)]
    public bool AllTalk { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _broker = new LocalBroker(TimeProvider.System, new BrokerOptions(), _flushes);
        _rooms = [.. Enumerable.Range(0, Rooms).Select(Open)];
        _flushes.Run();
    }

    [Benchmark]
    public void OneMessage()
    {
        _next = (int)(((long)_next + Stride) % (AllTalk ? Rooms : 10));
        var (author, room) = _rooms[_next];
        Chat.Demand(_broker.AskAsync(author.Id, new Post(room, new MessageDraft(MessageKind.Text, Chat.Text))));
        _flushes.Run();
    }

    private (Session Author, RoomName Room) Open(int number)
    {
        var author = new Session(new LinesFlavor(TimeProvider.System), new OutboxOptions());
        author.Outbox.Open(new TakingSink());
        var room = RoomName.TryParse($"room{number}", out var name) ? name : throw new InvalidOperationException();
        Chat.Demand(_broker.AskAsync(_broker.Attach(author), new SignIn(Chat.NameOf(number))));
        Chat.Demand(_broker.AskAsync(author.Id, new Join(room)));
        return (author, room);
    }
}
