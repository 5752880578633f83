using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Server.Irc.Wire;
using Parley.Server.Lines;

namespace Parley.Server.Tests.Irc;

/// <summary>Measures the whole process, so it runs when nothing else does.</summary>
[Collection("Irc" + nameof(AllocationTests))]
[CollectionDefinition("Irc" + nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    private const int Posts = 2000;
    private const int FewMembers = 10;
    private const int ManyMembers = 200;
    private const IrcCapabilities Tags = IrcCapabilities.MessageTags | IrcCapabilities.ServerTime | IrcCapabilities.AccountTag;

    private static readonly byte[] Text = Encoding.UTF8.GetBytes("Has anybody seen the otter? It was here.");

    public static TheoryData<ulong> Capabilities => [(ulong)IrcCapabilities.None, (ulong)Tags, (ulong)(Tags | IrcCapabilities.Batch | IrcCapabilities.Multiline)];

    [Theory]
    [MemberData(nameof(Capabilities))]
    public void A_message_is_written_without_allocating(ulong capabilities)
    {
        Assert.True(UserName.TryParse("Ann", out var ann));
        Assert.True(RoomName.TryParse("main", out var main));
        var profile = new UserProfile { Ident = "~ann", Host = "localhost", Login = new ProvenAccount(new AccountId(1), ann, default) };
        var draft = new MessageDraft(MessageKind.Text, Text) { Tags = Encoding.UTF8.GetBytes("+draft/reply=main.7") };
        var message = new MessagePosted(main, 7, DateTimeOffset.UnixEpoch, new Actor(1, ann, profile), draft);
        var flavor = new IrcFlavor(new IrcEvents((IrcCapabilities)capabilities, "parley", maxPlainLines: 5));
        var output = new ArrayBufferWriter<byte>(1024);
        Write();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Write();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Write()
        {
            output.ResetWrittenCount();
            flavor.Encode(message, output);
        }
    }

    [Theory]
    [MemberData(nameof(Capabilities))]
    public async Task A_message_allocates_nothing_per_member(ulong capabilities)
    {
        var few = await MeasureAsync((IrcCapabilities)capabilities, FewMembers);
        var many = await MeasureAsync((IrcCapabilities)capabilities, ManyMembers);

        var perDelivery = (many - few) / (double)(Posts * (ManyMembers - FewMembers));
        Assert.True(perDelivery < 0.5, $"{perDelivery:F3} bytes per delivery");
        Assert.True(few / Posts < 1000, $"{few / Posts} bytes per message");
    }

    private static async Task<long> MeasureAsync(IrcCapabilities capabilities, int members)
    {
        Assert.True(RoomName.TryParse("main", out var main));
        var broker = new LocalBroker(TimeProvider.System, new BrokerOptions(), PipeScheduler.Inline);
        var flavor = new IrcFlavor(new IrcEvents(capabilities, "parley", maxPlainLines: 5));
        var sinks = new List<CountingSink>();
        Session? author = null;
        for (var i = 0; i < members; i++)
        {
            Assert.True(UserName.TryParse($"Member{i}", out var name));
            var session = new Session(flavor, new OutboxOptions(), new LinesFlavor(TimeProvider.System));
            sinks.Add(new CountingSink());
            session.Outbox.Open(sinks[^1]);
            await broker.AskAsync(broker.Attach(session), new SignIn(name));
            await broker.AskAsync(session.Id, new Join(main));
            author ??= session;
        }

        Post(broker, author!, main);
        Post(broker, author!, main);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var sentBefore = sinks.Sum(sink => sink.Bytes);
        Post(broker, author!, main);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.True(sinks.Sum(sink => sink.Bytes) - sentBefore > (long)Posts * members * Text.Length);
        return allocated;
    }

    private static void Post(LocalBroker broker, Session author, RoomName room)
    {
        for (var i = 0; i < Posts; i++)
        {
            Assert.True(broker.AskAsync(author.Id, new Post(room, new MessageDraft(MessageKind.Text, Text))).AsTask().IsCompletedSuccessfully);
        }
    }

    private sealed class CountingSink : IOutboxSink
    {
        public long Bytes { get; private set; }

        public int Write(ReadOnlySpan<byte> bytes)
        {
            Bytes += bytes.Length;
            return bytes.Length;
        }
    }
}
