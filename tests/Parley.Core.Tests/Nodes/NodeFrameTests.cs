using System.Buffers;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Nodes;
using Parley.Core.Nodes.Wire;
using Parley.Core.Queries;

namespace Parley.Core.Tests.Nodes;

public sealed class NodeFrameTests
{
    // They need the state of a room, or are made where they are shown; an answer is of the type of its question.
    private static readonly Type[] NeverSent = [typeof(Welcome), typeof(RenamingTold), typeof(Past), typeof(Missed), typeof(Waiting), typeof(Answered)];

    [Theory]
    [InlineData(typeof(NodeEvent))]
    [InlineData(typeof(NodeRequest))]
    [InlineData(typeof(RoomEvent))]
    [InlineData(typeof(Intention))]
    [InlineData(typeof(Query))]
    [InlineData(typeof(Shown))]
    public void Every_kind_of_a_family_crosses(Type family)
        => Assert.Equal(
            family.Assembly.GetTypes().Where(type => type.IsSubclassOf(family) && !type.IsAbstract).Except(NeverSent).Select(type => type.Name).Order(StringComparer.Ordinal),
            FrameKinds.Of(family)!.Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void An_answer_that_nobody_waits_for_is_read_as_nothing()
    {
        var output = new ArrayBufferWriter<byte>();
        NodeFrame.Write(new Answered(7, new UserCounts(1, 2, 3, 4, 5), typeof(UserCounts)), output);

        Assert.Equal(new Answered(7, new UserCounts(1, 2, 3, 4, 5), typeof(UserCounts)), NodeFrame.ReadEvent(output.WrittenSpan, _ => typeof(UserCounts)));
        Assert.Equal(new Answered(7, null, typeof(object)), NodeFrame.ReadEvent(output.WrittenSpan, _ => null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"$type":"Nothing"}""")]
    [InlineData("=123")]
    public void What_is_no_frame_is_refused(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);

        Assert.ThrowsAny<Exception>(() => NodeFrame.ReadRequest(bytes));
        Assert.ThrowsAny<Exception>(() => NodeFrame.ReadEvent(bytes, _ => typeof(UserCounts)));
    }
}
