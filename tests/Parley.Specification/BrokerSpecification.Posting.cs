using System.Globalization;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task A_message_reaches_every_member_and_its_author()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        var cyd = await SignInAsync("Cyd", "other");

        await ann.MustPostAsync("main", "héllo");
        await cyd.MustPostAsync("other", "alone");

        await ann.MustSeeAsync("main| Bob joined", "main| Ann: héllo");
        await bob.MustSeeAsync("main| Ann: héllo");
        await cyd.MustSeeAsync("other| Cyd: alone");
    }

    [Fact]
    public async Task An_action_is_shown_as_one()
    {
        var ann = await SignInAsync("Ann", "main");

        await ann.PostAsync("main", "waves", MessageKind.Action);

        await ann.MustSeeAsync("main| * Ann waves");
    }

    [Fact]
    public async Task Without_echo_an_author_is_spared_its_own_message_and_nothing_else()
    {
        var ann = await LogInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        var annToo = await LogInAsync("Ann", "main");

        await bob.MustPostAsync("main", "1");
        await ann.MustPostAsync("main", "2", echo: false);
        await bob.MustPostAsync("main", "3");
        await ann.MustPostAsync("main", "4", echo: false);
        await ann.MustPostAsync("main", "5");

        await AllSeeAsync([bob, annToo], "main| Bob: 1", "main| Ann: 2", "main| Bob: 3", "main| Ann: 4", "main| Ann: 5");
        await ann.MustSeeAsync("main| Bob joined", "main| Bob: 1", "main| Bob: 3", "main| Ann: 5");
    }

    [Fact]
    public async Task Whoever_is_not_in_a_room_cannot_speak_there()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "other");

        Assert.Equal(Verdict.NotInRoom, await bob.PostAsync("main", "hi"));
        Assert.Equal(Verdict.NoSuchRoom, await bob.PostAsync("nowhere", "hi"));
        await bob.MustJoinAsync("main");
        await bob.LeaveAsync("main");
        Assert.Equal(Verdict.NotInRoom, await bob.PostAsync("main", "hi"));
        await ann.MustPostAsync("main", "end");

        await ann.MustSeeAsync("main| Bob joined", "main| Bob left", "main| Ann: end");
    }

    [Fact]
    public async Task A_room_is_named_in_any_case()
    {
        var ann = await SignInAsync("Ann", "main");

        await ann.MustPostAsync("MAIN", "hi");

        await ann.MustSeeAsync("main| Ann: hi");
    }

    [Fact]
    public async Task What_one_says_stays_in_order()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        var texts = Enumerable.Range(0, 500).Select(i => $"{i}").ToArray();

        foreach (var text in texts)
        {
            await ann.MustPostAsync("main", text);
        }

        Assert.Equal(texts.Select(text => $"main| Ann: {text}"), await bob.NextAsync(texts.Length));
    }

    [Fact]
    public async Task Whatever_is_said_at_once_everybody_sees_in_one_order()
    {
        const int PostsEach = 200;
        var names = new[] { "Ann", "Bob", "Cyd", "Dan" };
        var sessions = await Task.WhenAll(names.Select(name => SignInAsync(name, "main")));
        await ReadPastAsync(sessions, "start");

        await Task.WhenAll(sessions.Select(session => Task.Run(async () =>
        {
            for (var i = 0; i < PostsEach; i++)
            {
                await session.MustPostAsync("main", $"{i}");
            }
        })));

        var views = await Task.WhenAll(sessions.Select(session => session.NextAsync(names.Length * PostsEach)));
        Assert.All(views, view => Assert.Equal(views[0], view));
        foreach (var name in names)
        {
            Assert.Equal(
                Enumerable.Range(0, PostsEach).Select(i => $"main| {name}: {i}"),
                views[0].Where(line => line.StartsWith($"main| {name}:", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task An_answer_comes_behind_what_one_has_said_before()
    {
        var ann = await SignInAsync("Ann", "main");

        for (var i = 0; i < 50; i++)
        {
            await ann.MustPostAsync("main", $"{i}");
            ann.Reply($"answer {i}");
            await ann.MustSeeAsync($"main| Ann: {i}", $"answer {i}");
        }
    }

    [Fact]
    public async Task A_session_shown_another_flavor_misses_nothing_and_sees_nothing_twice()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await ann.MustSeeAsync("main| Bob joined");
        var flavors = new[] { new PlainFlavor(numbered: true), new PlainFlavor() };

        for (var i = 0; i < 100; i++)
        {
            await ann.MustPostAsync("main", $"{i}");
            bob.Session.SetFlavor(flavors[i % 2]);
        }

        // At another node, a message may be shown in the flavor that comes next. The joins have numbers of their own where nothing is kept, and none where messages are.
        var lines = await bob.NextAsync(100);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"Ann: {i}"), lines.Select(line => line.Split("| ")[1]));
        var numbered = lines.Index().Where(line => !line.Item.StartsWith("main|", StringComparison.Ordinal))
            .Select(line => int.Parse(line.Item["main ".Length..line.Item.IndexOf('|', StringComparison.Ordinal)], CultureInfo.InvariantCulture) - line.Index);
        Assert.Single(numbered.Distinct());
    }

    /// <summary>Has everybody read up to a line that is said for the purpose.</summary>
    private static async Task ReadPastAsync(TestSession[] sessions, string text)
    {
        await sessions[0].MustPostAsync("main", text);
        foreach (var session in sessions)
        {
            while (!(await session.NextAsync()).EndsWith($": {text}", StringComparison.Ordinal))
            {
            }
        }
    }
}
