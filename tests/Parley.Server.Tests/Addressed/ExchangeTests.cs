using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Addressed;

public sealed class ExchangeTests
{
    [Fact]
    public async Task Alice_and_bob_talk_and_nothing_else_is_sent_on_success()
    {
        await using var server = new TestServer();
        var alice = server.OpenAddressed(name: "alice");
        var bob = server.OpenAddressed(name: "bob");
        await bob.SendLineAsync("bob");
        await alice.SendLineAsync("alice");

        // Whether bob's login is through by now, only bob's own voice tells.
        await bob.SendLineAsync("bob: ready");
        await bob.ExpectAsync("from bob: ready");
        await alice.SendLineAsync("bob: hello");
        await bob.ExpectAsync("from alice: hello");
        await bob.SendLineAsync("alice, bob: hi!");
        await bob.ExpectAsync("from bob: hi!");
        await alice.ExpectAsync("from bob: hi!");
        await alice.CompleteSendingAsync();
        await alice.ExpectClosedAsync();
    }

    [Fact]
    public async Task Text_is_split_at_the_first_colon_and_trimmed()
    {
        await using var server = new TestServer();
        var alice = await server.LogInAsync("alice");
        await alice.SendLinesAsync("alice:  a: b, c:  ", "  ALICE  :x", "alice:");
        await alice.ExpectAsync("from alice: a: b, c:", "from alice: x", "from alice: ");
    }

    [Fact]
    public async Task A_recipient_named_twice_gets_it_once()
    {
        await using var server = new TestServer();
        var alice = await server.LogInAsync("alice");
        var bob = await server.LogInAsync("bob");
        await alice.SendLinesAsync("bob, BOB ,, bob,: once", "bob: next");
        await bob.ExpectAsync("from alice: once", "from alice: next");
    }

    [Fact]
    public async Task Messages_of_one_sender_arrive_in_the_order_in_which_they_were_sent()
    {
        await using var server = new TestServer();
        var alice = await server.LogInAsync("alice");
        var bob = await server.LogInAsync("bob");
        await alice.SendLinesAsync([.. Enumerable.Range(0, 1000).Select(i => $"bob: {i}")]);
        await bob.ExpectAsync([.. Enumerable.Range(0, 1000).Select(i => $"from alice: {i}")]);
    }

    [Fact]
    public async Task Two_recipients_of_the_same_messages_get_them_in_one_order()
    {
        await using var server = new TestServer();
        var senders = new[] { await server.LogInAsync("alice"), await server.LogInAsync("bob") };
        var readers = new[] { await server.LogInAsync("cid"), await server.LogInAsync("dan") };
        await Task.WhenAll(senders.Select(sender => sender.SendLinesAsync([.. Enumerable.Range(0, 300).Select(i => $"cid, dan: {i}")])));
        var heard = await Task.WhenAll(readers.Select(async reader =>
        {
            var lines = new List<string?>();
            while (lines.Count < 600)
            {
                lines.Add(await reader.ReadLineAsync());
            }

            return lines;
        }));
        Assert.Equal(heard[0], heard[1]);
    }

    [Fact]
    public async Task A_lines_user_is_reached_from_wherever_and_answers()
    {
        await using var server = new TestServer();
        var alice = await server.LogInAsync("alice");
        var ann = await server.EnterAsync("Ann");
        await ann.SendLineAsync("/join rust");
        await ann.ExpectAsync("You joined rust");
        await alice.SendLineAsync("ann: hello");
        await ann.ExpectAsync("from alice: hello");
        await ann.SendLineAsync("/msg Alice hello yourself");
        await ann.ExpectAsync("to alice: hello yourself");
        await alice.ExpectAsync("from Ann: hello yourself");
    }

    [Fact]
    public async Task An_addressed_user_is_in_no_room()
    {
        await using var server = new TestServer();
        await server.LogInAsync("alice");
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync("/users", "/rooms", "/name ALICE");
        await ann.ExpectAsync("Users - Ann", "Rooms - main (1)", "ALICE is already taken");
    }
}
