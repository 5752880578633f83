using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task A_topic_is_told_to_the_room_and_kept_with_who_set_it()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");

        Assert.Equal(Verdict.Accepted, await ann.SetTopicAsync("MAIN", "tea"));

        await ann.MustSeeAsync("main| Bob joined", "main| Ann set the topic 'tea'");
        await bob.MustSeeAsync("main| Ann set the topic 'tea'");
        var topic = (await ViewAsync("main"))!.Topic!;
        Assert.Equal(("tea", "Ann"), (topic.Text, topic.SetBy));
    }

    [Fact]
    public async Task An_empty_topic_is_none()
    {
        var ann = await SignInAsync("Ann", "main");
        await ann.SetTopicAsync("main", "tea");

        Assert.Equal(Verdict.Accepted, await ann.SetTopicAsync("main", ""));

        Assert.Null((await ViewAsync("main"))!.Topic);
        await ann.MustSeeAsync("main| Ann set the topic 'tea'", "main| Ann set the topic ''");
    }

    [Fact]
    public async Task Only_members_set_a_topic_and_only_operators_while_it_is_protected()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        var cyd = await SignInAsync("Cyd");

        Assert.Equal(Verdict.NotInRoom, await cyd.SetTopicAsync("main", "x"));
        Assert.Equal(Verdict.NoSuchRoom, await cyd.SetTopicAsync("nowhere", "x"));
        Assert.Equal(Verdict.NotOperator, await bob.SetTopicAsync("main", "x"));
        Assert.Null((await ViewAsync("main"))!.Topic);

        await ann.MustSetAsync("main", RoomMode.ProtectedTopic, isAdding: false);
        Assert.Equal(Verdict.Accepted, await bob.SetTopicAsync("main", "free"));
        await ann.MustSetAsync("main", RoomMode.ProtectedTopic);
        await ann.MustSetAsync("main", RoomMode.HalfOperator, "Bob");
        Assert.Equal(Verdict.Accepted, await bob.SetTopicAsync("main", "half"));
    }

    [Fact]
    public async Task A_topic_comes_behind_what_its_setter_said_before()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");

        await ann.PostAsync("main", "1");
        await ann.SetTopicAsync("main", "tea");
        await ann.PostAsync("main", "2");

        await bob.MustSeeAsync("main| Ann: 1", "main| Ann set the topic 'tea'", "main| Ann: 2");
        await ann.MustSeeAsync("main| Bob joined", "main| Ann: 1", "main| Ann set the topic 'tea'", "main| Ann: 2");
    }

    private async Task<IRoomView?> ViewAsync(string room)
    {
        Assert.True(RoomName.TryParse(room, out var name));
        return await Broker.LookAsync(SessionId.Server, new FindRoom(name), Token);
    }
}
