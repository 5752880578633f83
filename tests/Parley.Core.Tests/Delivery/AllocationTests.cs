using System.Text;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Tests.Fixtures;

namespace Parley.Core.Tests.Delivery;

/// <summary>Measures the whole process, so it runs when nothing else does.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    private const int Posts = 2000;
    private const int FewMembers = 10;
    private const int ManyMembers = 200;

    [Fact]
    public async Task A_message_allocates_nothing_per_member()
    {
        var few = await MeasureAsync(FewMembers);
        var many = await MeasureAsync(ManyMembers);

        var perDelivery = (many - few) / (double)(Posts * (ManyMembers - FewMembers));
        Assert.True(perDelivery < 0.5, $"{perDelivery:F3} bytes per delivery");
        Assert.True(few / Posts < 1000, $"{few / Posts} bytes per message");
    }

    private static async Task<long> MeasureAsync(int members)
    {
        Assert.True(RoomName.TryParse("main", out var main));
        var flushes = new HandFlushes();
        var broker = new LocalBroker(TimeProvider.System, new BrokerOptions(), flushes);
        var flavor = new Specification.PlainFlavor();
        var options = new OutboxOptions { Traffic = new Traffic() };
        var sinks = new List<CountingSink>();
        Session? author = null;
        for (var i = 0; i < members; i++)
        {
            Assert.True(UserName.TryParse($"Member{i}", out var name));
            var session = new Session(flavor, options);
            sinks.Add(new CountingSink());
            session.Outbox.Open(sinks[^1]);
            await broker.AskAsync(broker.Attach(session), new SignIn(name));
            await broker.AskAsync(session.Id, new Join(main));
            author ??= session;
        }

        flushes.Run();
        Post(broker, author!, main, flushes);
        Post(broker, author!, main, flushes);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var sentBefore = sinks.Sum(sink => sink.Bytes);
        Post(broker, author!, main, flushes);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.True(sinks.Sum(sink => sink.Bytes) - sentBefore > (long)Posts * members * 10);
        return allocated;
    }

    private static void Post(LocalBroker broker, Session author, RoomName room, HandFlushes flushes)
    {
        ReadOnlyMemory<byte> text = Encoding.UTF8.GetBytes("hello");
        for (var i = 0; i < Posts; i++)
        {
            Assert.True(broker.AskAsync(author.Id, new Post(room, new MessageDraft(MessageKind.Text, text))).AsTask().IsCompletedSuccessfully);
            flushes.Run();
        }
    }
}
