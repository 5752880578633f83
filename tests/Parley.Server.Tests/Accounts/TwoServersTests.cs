using System.Reflection;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Accounts;
using Parley.Server.Irc.Marks;
using Parley.Server.Lines;

namespace Parley.Server.Tests.Accounts;

/// <summary>Two servers change what an account has at the same moment: the one reads, the other writes, and then the first does.</summary>
public sealed class TwoServersTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Bob = new(2, Name("Bob"));

    private readonly MemoryAccountStore _store = new();
    private readonly IAccountStore _hooked;
    private readonly Account _ann = new(AccountId.New(), Name("Ann"), Noon);
    private Func<Task>? _beforeExchange;

    public TwoServersTests()
    {
        _hooked = DispatchProxy.Create<IAccountStore, Hooked>();
        ((Hooked)(object)_hooked).Call = (method, arguments) =>
            method.Name == nameof(IAccountStore.ExchangeValueAsync) && Interlocked.Exchange(ref _beforeExchange, null) is { } other
                ? After(other, method, arguments)
                : method.Invoke(_store, arguments);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
        => Assert.True(await _store.TryCreateAsync(new AccountCredentials(_ann, PasswordVerifier.WithoutPassword(PasswordVerifier.MinIterations)), Token));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(3, 5, "3 5 Bob")]
    [InlineData(5, 3, "3 5 Bob")]
    public async Task Of_two_notes_on_one_author_neither_is_forgotten(long here, long there, string note)
    {
        using var mine = new Mailboxes(_hooked);
        using var others = new Mailboxes(_store);
        _beforeExchange = () => others.NoteAsync(_ann.Id, Bob, there).AsTask();

        await mine.NoteAsync(_ann.Id, Bob, here);

        Assert.Equal([note], await NotesAsync());
    }

    [Fact]
    public async Task A_note_that_comes_late_makes_nothing_shorter()
    {
        using var boxes = new Mailboxes(_store);
        foreach (var number in (long[])[7, 9, 4, 8])
        {
            await boxes.NoteAsync(_ann.Id, Bob, number);
        }

        Assert.Equal(["4 9 Bob"], await NotesAsync());
    }

    [Fact]
    public async Task What_is_noted_while_the_rest_is_shown_is_shown_with_it()
    {
        using var mine = new Mailboxes(_hooked);
        using var others = new Mailboxes(_store);
        await others.NoteAsync(_ann.Id, Bob, 3);
        var (broker, session, asked) = await EnterAsync();
        _beforeExchange = () => others.NoteAsync(_ann.Id, Bob, 4).AsTask();

        await mine.ShowAsync(broker, session, Token);

        Assert.Equal([(2, 4), (2, 5)], asked.Select(query => (query.Which.After, query.Which.Before)));
        Assert.Empty(await NotesAsync());
    }

    [Fact]
    public async Task What_another_server_has_shown_meanwhile_waits_no_more()
    {
        using var mine = new Mailboxes(_hooked);
        using var others = new Mailboxes(_store);
        await others.NoteAsync(_ann.Id, Bob, 3);
        var (broker, session, asked) = await EnterAsync();
        _beforeExchange = () => others.ShowAsync(broker, session, Token).AsTask();

        await mine.ShowAsync(broker, session, Token);

        Assert.Equal(2, asked.Count);
        Assert.Empty(await NotesAsync());
        await others.NoteAsync(_ann.Id, Bob, 4);
        Assert.Equal(["4 4 Bob"], await NotesAsync());
    }

    [Theory]
    [InlineData(1, 2, 2, false)]
    [InlineData(2, 1, 2, true)]
    public async Task A_marker_goes_on_and_never_back(int here, int there, int marked, bool isNew)
    {
        var (_, session, _) = await EnterAsync();
        using var mine = new ReadMarkers(_hooked);
        using var others = new ReadMarkers(_store);
        _beforeExchange = async () => Assert.NotNull(await others.SetAsync(session.User!, "#tea", Noon.AddHours(there), [], Token));

        var result = await mine.SetAsync(session.User!, "#tea", Noon.AddHours(here), [], Token);

        Assert.Equal((Noon.AddHours(marked), isNew), result);
        using var after = new ReadMarkers(_store);
        Assert.Equal(Noon.AddHours(marked), await after.GetAsync(session.User!, "#tea", [], Token));
    }

    [Fact]
    public async Task A_marker_is_set_whatever_stands_there()
    {
        var (_, session, _) = await EnterAsync();
        await _store.SetValueAsync(_ann.Id, "marker", "#tea", "no time", Token);
        using var markers = new ReadMarkers(_store);

        Assert.Equal((Noon, true), await markers.SetAsync(session.User!, "#tea", Noon, [], Token));
    }

    private async Task<string[]> NotesAsync() => [.. (await _store.ListValuesAsync(_ann.Id, "waiting", Token)).Select(note => note.Value)];

    /// <summary>A session of the account, and a broker that notes which conversations are read.</summary>
    private async Task<(IBroker Broker, Session Session, List<ReadConversation> Asked)> EnterAsync()
    {
        var broker = new LocalBroker(TimeProvider.System, new BrokerOptions());
        var session = new Session(new LinesFlavor(TimeProvider.System), new OutboxOptions());
        broker.Attach(session);
        Assert.Equal(Verdict.Accepted, (await broker.AskAsync(session.Id, new SignIn(_ann.Name, new UserProfile { Login = _ann.Proven }), Token)).Verdict);
        var asked = new List<ReadConversation>();
        var noting = DispatchProxy.Create<IBroker, Hooked>();
        ((Hooked)(object)noting).Call = (method, arguments) =>
        {
            if (arguments is [_, ReadConversation what, ..])
            {
                asked.Add(what);
                return new ValueTask<IReadOnlyList<HistoryEntry>>([]);
            }

            return method.Invoke(broker, arguments);
        };
        return (noting, session, asked);
    }

    private object After(Func<Task> other, MethodInfo method, object?[]? arguments)
    {
        return new ValueTask<bool>(Async());

        async Task<bool> Async()
        {
            await other();
            return await (ValueTask<bool>)method.Invoke(_store, arguments)!;
        }
    }

    private static UserName Name(string name) => UserName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name, nameof(name));

    /// <summary>Hands calls to a test.</summary>
    public class Hooked : DispatchProxy
    {
        public Func<MethodInfo, object?[]?, object?> Call { get; set; } = (_, _) => null;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Call(targetMethod!, args);
    }
}
