using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Addressed;

namespace Parley.Protocol.Tests.Addressed;

/// <summary>The wire text of docs/protocols/addressed.md, letter by letter.</summary>
public sealed class AddressedWriterTests
{
    public static TheoryData<string, Action<IBufferWriter<byte>>> Errors => new()
    {
        { "Name must be 2 - 20 alphanumeric chars, connect again with such a name as the first line", AddressedWriter.BadLogin },
        { "alice is already taken, connect again with another name as the first line", o => AddressedWriter.LoginTaken(o, "alice") },
        {
            "No name came within 30 s, connect again and send a name as the first line",
            o => AddressedWriter.LoginTimeout(o, TimeSpan.FromSeconds(30))
        },
        {
            "No name came within 1 s, connect again and send a name as the first line",
            o => AddressedWriter.LoginTimeout(o, TimeSpan.FromMilliseconds(200))
        },
        { "The line has no ':', write name1, name2: text", AddressedWriter.NoColon },
        { "The line has no name before the ':', write name1, name2: text", AddressedWriter.NoRecipient },
        { "Messages can only go to 20 names at once, send it again to fewer", o => AddressedWriter.TooManyRecipients(o, 20) },
        { "bob is not here", o => AddressedWriter.NotHere(o, "bob") },
        { "bob is not here", o => AddressedWriter.NotHere(o, "bob"u8) },
        { "Messages can only be 400 bytes long, send it in parts", o => AddressedWriter.LineTooLong(o, 400) },
        { "Messages must be UTF-8, send it again in that encoding", AddressedWriter.NotUtf8 },
        { "Server is very busy and dropped 12 messages, sorry!", o => AddressedWriter.Dropped(o, 12) },
        { "The server is closing", o => AddressedWriter.Notice(o, "The server is closing") },
    };

    [Fact]
    public void A_message_says_who_sent_it() =>
        Assert.Equal("from alice: hi!\n", Bytes.Written(o => AddressedWriter.From(o, "alice", "hi!"u8)));

    [Theory, MemberData(nameof(Errors), DisableDiscoveryEnumeration = true)]
    public void An_error_is_one_line_that_says_what_to_do(string expected, Action<IBufferWriter<byte>> write) =>
        Assert.Equal($"error: {expected}\n", Bytes.Written(write));

    [Fact]
    public void Whatever_users_write_one_call_writes_one_line_without_controls() =>
        Prop.ForAll(Arb.From(TextGen.Any), text =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Action<IBufferWriter<byte>>[] writes =
            [
                o => AddressedWriter.From(o, text, bytes),
                o => AddressedWriter.To(o, text, bytes),
                o => AddressedWriter.NotHere(o, bytes),
                o => AddressedWriter.NotHere(o, text),
                o => AddressedWriter.LoginTaken(o, text),
                o => AddressedWriter.Notice(o, text),
            ];
            return writes.Select(Bytes.Written).All(line => line.EndsWith('\n') && !line[..^1].Any(c => c != '\t' && char.IsControl(c)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Writing_does_not_allocate()
    {
        var output = new ReusedBuffer();
        Allocation.AssertNone(() =>
        {
            AddressedWriter.From(output, "alice", "hi!"u8);
            AddressedWriter.NotHere(output, "bob"u8);
        });
    }
}
