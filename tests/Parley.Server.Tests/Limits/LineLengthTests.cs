using Parley.Server.Options;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Limits;

public sealed class LineLengthTests
{
    [Fact]
    public async Task It_is_a_setting_of_both_line_protocols_and_the_error_says_the_limit()
    {
        await using var server = new TestServer(new ParleyOptions { MaxLineBytes = 64 });
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync(new string('x', 64), new string('x', 65));
        await ann.ExpectAsync("Ann: " + new string('x', 64), "Messages can only be 64 bytes long");
        var bob = await server.LogInAsync("bob");
        await bob.SendLinesAsync("bob: " + new string('x', 60));
        await bob.ExpectAsync("error: Messages can only be 64 bytes long, send it in parts");
    }
}
