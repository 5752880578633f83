using System.Net.Sockets;
using Parley.Cli.Chat;

namespace Parley.Cli.Tests.Chat;

public sealed class ConnectFailureTests
{
    [Theory]
    [InlineData("127.0.0.1", 42069, false, "No server listening on 127.0.0.1:42069. Start one with: parley serve")]
    [InlineData("localhost", 42069, false, "No server listening on localhost:42069. Start one with: parley serve")]
    [InlineData("127.0.0.1", 42070, true, "No server listening on 127.0.0.1:42070. Start one with: parley serve")]
    [InlineData("127.0.0.1", 42070, false, "No server listening on 127.0.0.1:42070. Start one with: parley serve --lines 127.0.0.1:42070")]
    [InlineData("::1", 42069, false, "No server listening on [::1]:42069. Start one with: parley serve --lines [::1]:42069")]
    [InlineData("::1", 5, true, "No server listening on [::1]:5. Start one with: parley serve --addressed [::1]:5")]
    public void Nobody_listening_names_the_command_that_would_listen_there(string host, int port, bool addressed, string expected)
    {
        var options = new ChatOptions(new ServerAddress(host, port), addressed, "fox");
        Assert.Equal(expected, ConnectFailure.Describe(new SocketException((int)SocketError.ConnectionRefused), options));
    }

    [Fact]
    public void Other_failures_say_what_to_check()
    {
        var options = new ChatOptions(new ServerAddress("chat.example.com", 5), Addressed: false, Login: null);

        Assert.Equal(
            "Cannot find the host chat.example.com. Check its name, or give its address as in 127.0.0.1:5",
            ConnectFailure.Describe(new SocketException((int)SocketError.HostNotFound), options));
        Assert.Equal(
            "No answer from chat.example.com:5. Check the address and port, and any firewall on the way",
            ConnectFailure.Describe(new TimeoutException(), options));
        Assert.StartsWith(
            "Cannot connect to chat.example.com:5: ",
            ConnectFailure.Describe(new SocketException((int)SocketError.NetworkUnreachable), options),
            StringComparison.Ordinal);
    }
}
