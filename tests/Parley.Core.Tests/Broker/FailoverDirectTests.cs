using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Broker;

/// <summary>
/// Direct messages that a home has kept, and that a node was not told of, as the home was cut off from it. Their author heard that they were sent, so nobody sends
/// them again; the next home has them from history.
/// </summary>
public sealed class FailoverDirectTests : IAsyncDisposable
{
    private readonly Notes _notes = new();
    private readonly FailingCluster _cluster;

    public FailoverDirectTests() => _cluster = new FailingCluster(nodes: 3, _notes);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task What_was_acknowledged_and_not_shown_is_shown_once_in_its_place()
    {
        var (ann, bob) = (await _cluster.SignInAsync(0, "Ann"), await _cluster.SignInAsync(1, "Bob"));
        await ann.TellAsync("one", "Bob");
        await bob.MustSeeAsync("Ann to you: one");

        _cluster.Nodes.Deafen(1);
        Assert.Empty(await ann.TellAsync("two", "Bob"));
        Assert.Empty(await ann.TellAsync("three", "Bob"));
        await _cluster.FailOverAsync();
        await ann.TellAsync("four", "Bob");
        await bob.MustSeeAsync("Ann to you: two", "Ann to you: three", "Ann to you: four");

        await _cluster.FailOverAsync();
        await ann.TellAsync("five", "Bob");
        await bob.MustSeeAsync("Ann to you: five");
        await ann.MustSeeAsync("you to Bob: one", "you to Bob: two", "you to Bob: three", "you to Bob: four", "you to Bob: five");
    }

    [Fact]
    public async Task It_is_nobody_elses()
    {
        var (ann, bob) = (await _cluster.SignInAsync(0, "Ann"), await _cluster.SignInAsync(1, "Bob"));
        var cyd = await _cluster.SignInAsync(1, "Cyd");
        _cluster.Nodes.Deafen(1);
        await ann.TellAsync("for Bob", "Bob");
        await ann.TellAsync("for both", "Bob", "Cyd");

        await _cluster.FailOverAsync();
        await ann.TellAsync("later", "Bob", "Cyd");

        await bob.MustSeeAsync("Ann to you: for Bob", "Ann to you: for both", "Ann to you: later");
        await cyd.MustSeeAsync("Ann to you: for both", "Ann to you: later");
    }

    [Fact]
    public async Task All_sessions_of_its_recipient_and_of_its_author_are_shown_it_once_wherever_they_are()
    {
        var (ann, annToo) = (await _cluster.SignInAsync(0, "Ann", "Ann"), await _cluster.SignInAsync(1, "Ann", "Ann"));
        var (bob, bobToo) = (await _cluster.SignInAsync(1, "Bob", "Bob"), await _cluster.SignInAsync(2, "Bob", "Bob"));

        _cluster.Nodes.Deafen(1);
        await ann.TellAsync("one", "Bob");
        await bobToo.MustSeeAsync("Ann to you: one");
        await _cluster.FailOverAsync();
        await ann.TellAsync("two", "Bob");

        await bob.MustSeeAsync("Ann to you: one", "Ann to you: two");
        await bobToo.MustSeeAsync("Ann to you: two");
        await ann.MustSeeAsync("you to Bob: one", "you to Bob: two");
        await annToo.MustSeeAsync("you to Bob: one", "you to Bob: two");
    }

    [Fact]
    public async Task Who_wants_no_echo_is_shown_none_and_its_other_sessions_are()
    {
        var (ann, annToo) = (await _cluster.SignInAsync(0, "Ann", "Ann"), await _cluster.SignInAsync(0, "Ann", "Ann"));
        var bob = await _cluster.SignInAsync(1, "Bob");
        await ann.TellAsync(Silently("told"), "Bob");
        await annToo.MustSeeAsync("you to Bob: told");

        var kept = _cluster.Store.WhenKept();
        _cluster.Nodes.Deafen(0);
        var telling = ann.TellAsync(Silently("kept"), "Bob");
        await kept.WaitAsync(TestSession.Patience, TestContext.Current.CancellationToken);
        await _cluster.FailOverAsync();
        Assert.Empty(await telling);
        await ann.TellAsync("last", "Bob");

        await bob.MustSeeAsync("Ann to you: told", "Ann to you: kept", "Ann to you: last");
        await annToo.MustSeeAsync("you to Bob: kept", "you to Bob: last");
        await ann.MustSeeAsync("you to Bob: last");
    }

    [Fact]
    public async Task What_was_kept_before_a_session_came_is_not_for_it()
    {
        var ann = await _cluster.SignInAsync(0, "Ann");
        var bob = await _cluster.SignInAsync(2, "Bob", "Bob");
        await ann.TellAsync("early", "Bob");
        await bob.MustSeeAsync("Ann to you: early");
        var bobToo = await _cluster.SignInAsync(1, "Bob", "Bob");

        await _cluster.FailOverAsync();
        await ann.TellAsync("late", "Bob");

        await bobToo.MustSeeAsync("Ann to you: late");
        await bob.MustSeeAsync("Ann to you: late");
    }

    [Fact]
    public async Task A_new_home_looks_back_no_further_than_to_where_nodes_are()
    {
        var (ann, bob) = (await _cluster.SignInAsync(0, "Ann"), await _cluster.SignInAsync(1, "Bob"));
        await _cluster.SignInAsync(2, "Cyd");
        await ann.TellAsync("one", "Bob");
        await ann.TellAsync("two", "Bob");
        await bob.MustSeeAsync("Ann to you: one", "Ann to you: two");
        _cluster.Nodes.TellProgress();
        await Task.WhenAll(ann.ReachedAsync(), bob.ReachedAsync(), new TestSession(_cluster.Nodes.Nodes[2]).ReachedAsync());

        await _cluster.FailOverAsync();

        Assert.Equal([2, 2, 2], _cluster.Store.LookedBackTo);
    }

    [Fact]
    public async Task What_is_sent_while_an_earlier_one_is_looked_up_comes_behind_it()
    {
        var (ann, bob) = (await _cluster.SignInAsync(0, "Ann"), await _cluster.SignInAsync(1, "Bob"));
        var cyd = await _cluster.SignInAsync(2, "Cyd");
        var kept = _cluster.Store.WhenKept();
        _cluster.Nodes.Deafen(0);
        _cluster.Nodes.Deafen(1);
        var telling = ann.TellAsync("first", "Bob");
        await kept.WaitAsync(TestSession.Patience, TestContext.Current.CancellationToken);

        var looking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _cluster.Store.OnOrigins = _ => looking.Task;
        await _cluster.FailOverAsync();
        Assert.Empty(await cyd.TellAsync("second", "Bob").WaitAsync(TestSession.Patience, TestContext.Current.CancellationToken));
        looking.SetResult();

        Assert.Empty(await telling);
        await bob.MustSeeAsync("Ann to you: first", "Cyd to you: second");
        await ann.MustSeeAsync("you to Bob: first");
    }

    [Fact]
    public async Task A_node_that_comes_late_is_shown_what_it_has_missed_before_what_comes_meanwhile()
    {
        var (ann, bob) = (await _cluster.SignInAsync(0, "Ann"), await _cluster.SignInAsync(1, "Bob"));
        _cluster.Nodes.Deafen(1);
        await ann.TellAsync("missed", "Bob");
        _cluster.Nodes.Kill();
        await _cluster.Nodes.MoveWithout(_cluster.NewHome(), late: 1);

        var (asked, reading) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _cluster.Store.OnDirects = () =>
        {
            asked.TrySetResult();
            return reading.Task;
        };
        _cluster.Nodes.Arrive(1);
        await asked.Task.WaitAsync(TestSession.Patience, TestContext.Current.CancellationToken);
        Assert.Empty(await ann.TellAsync("meanwhile", "Bob"));
        reading.SetResult();

        await bob.MustSeeAsync("Ann to you: missed", "Ann to you: meanwhile");
        await ann.TellAsync("after", "Bob");
        await bob.MustSeeAsync("Ann to you: after");
    }

    [Fact]
    public async Task A_link_that_breaks_and_comes_again_loses_nothing()
    {
        var (ann, bob) = (await _cluster.SignInAsync(0, "Ann"), await _cluster.SignInAsync(1, "Bob"));
        _cluster.Nodes.Deafen(1);
        await ann.TellAsync("missed", "Bob");

        _cluster.Nodes.Arrive(1);
        await bob.ReachedAsync();
        await ann.TellAsync("after", "Bob");

        await bob.MustSeeAsync("Ann to you: missed", "Ann to you: after");
    }

    [Fact]
    public async Task More_than_a_page_of_them_is_shown_whole()
    {
        const int Many = 1_050;
        var (ann, bob) = (await _cluster.SignInAsync(0, "Ann"), await _cluster.SignInAsync(1, "Bob"));
        _cluster.Nodes.Deafen(1);
        await Task.WhenAll(Enumerable.Range(1, Many).Select(number => ann.TellAsync($"{number}", "Bob")));

        await _cluster.FailOverAsync();

        await bob.MustSeeAsync([.. Enumerable.Range(1, Many).Select(number => $"Ann to you: {number}")]);
    }

    [Fact]
    public async Task A_reaction_is_shown_too_and_what_was_taken_away_is_not()
    {
        var (ann, bob) = (await _cluster.SignInAsync(0, "Ann"), await _cluster.SignInAsync(1, "Bob"));
        _cluster.Nodes.Deafen(1);
        await ann.TellAsync("gone", "Bob");
        await ann.TellAsync(new MessageDraft(MessageKind.Tags, default) { Tags = "+react=:)"u8.ToArray(), IsLasting = true }, "Bob");
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new RedactDirect(Name("Bob"), 1, "")));

        await _cluster.FailOverAsync();

        await bob.MustSeeAsync("Ann to you: ");
    }

    [Fact]
    public async Task A_member_for_whom_only_a_stand_in_is_left_finds_it_when_it_is_back()
    {
        var ann = await _cluster.SignInAsync(0, "Ann");
        await StandInAsync(1, "Bob");
        await _cluster.SignInAsync(2, "Bob", "Bob");
        _cluster.Nodes.Deafen(1);
        await ann.TellAsync("for you", "Bob");
        Assert.Empty(_notes.All);

        await _cluster.FailOverAsync(dead: 2);

        Assert.Equal([(TestSession.Login("Bob").Id, "Ann", 1)], _notes.All);
    }

    [Fact]
    public async Task What_reached_people_is_not_noted()
    {
        var ann = await _cluster.SignInAsync(0, "Ann");
        await StandInAsync(1, "Bob");
        var bob = await _cluster.SignInAsync(2, "Bob", "Bob");
        await bob.MustSeeAsync("-| Bob was user@parley away (Not connected) as Bob and is user@parley as Bob");
        _cluster.Nodes.Deafen(1);
        _cluster.Nodes.Deafen(2);
        await ann.TellAsync("for you", "Bob");

        await _cluster.FailOverAsync();

        await bob.MustSeeAsync("Ann to you: for you");
        Assert.Empty(_notes.All);
    }

    private static MessageDraft Silently(string text) => new(MessageKind.Text, System.Text.Encoding.UTF8.GetBytes(text)) { Echo = false };

    private async Task StandInAsync(int node, string account)
    {
        var session = new TestSession(_cluster.Nodes.Nodes[node]) { Session = { IsStandIn = true } };
        Assert.Equal(Verdict.Accepted, await session.AskAsync(new SignIn(Name(account), new UserProfile { Login = TestSession.Login(account) }) { IsStandIn = true }));
    }

    private static UserName Name(string name) => UserName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name, nameof(name));

    /// <summary>Mailboxes of all accounts that tests log in to.</summary>
    private sealed class Notes : IMailboxes
    {
        private readonly Lock _gate = new();
        private readonly List<(AccountId Account, string From, long Number)> _all = [];

        public (AccountId Account, string From, long Number)[] All
        {
            get
            {
                lock (_gate)
                {
                    return [.. _all];
                }
            }
        }

        public ValueTask<ProvenAccount?> FindAsync(UserName name, CancellationToken cancellationToken = default) => new(TestSession.Login(name.Value));

        public ValueTask NoteAsync(AccountId account, Actor from, long number)
        {
            lock (_gate)
            {
                _all.Add((account, from.Name.Value, number));
            }

            return default;
        }
    }
}
