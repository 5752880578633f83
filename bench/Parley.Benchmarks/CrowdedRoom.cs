using Parley.Core.Broker;
using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Rooms;
using Parley.Server.Lines;

namespace Parley.Benchmarks;

/// <summary>A broker with one room, whose members all take what they are sent, in the lines protocol's flavor.</summary>
internal sealed class CrowdedRoom
{
    private readonly HandFlushes _flushes = new();
    private readonly LocalBroker _broker;
    private readonly Session _author;

    public CrowdedRoom(int members)
    {
        _broker = new LocalBroker(TimeProvider.System, new BrokerOptions(), _flushes);
        var flavor = new LinesFlavor(TimeProvider.System);
        Session[] sessions = [.. Enumerable.Range(0, members).Select(_ => new Session(flavor, new OutboxOptions()))];
        for (var i = 0; i < members; i++)
        {
            sessions[i].Outbox.Open(new TakingSink());
            Chat.Demand(_broker.AskAsync(_broker.Attach(sessions[i]), new SignIn(Chat.NameOf(i))));
            Chat.Demand(_broker.AskAsync(sessions[i].Id, new Join(Chat.Room)));
        }

        _author = sessions[0];
        Room = Room.Of(_author.Subscriptions[0]);
        RunFlushes();
    }

    public Room Room { get; }

    public void Post() => Chat.Demand(_broker.AskAsync(_author.Id, new Post(Chat.Room, new MessageDraft(MessageKind.Text, Chat.Text))));

    /// <summary>What a socket loop does after it has handled its sockets.</summary>
    public void RunFlushes() => _flushes.Run();
}
