using Parley.Server.Hosting;
using Parley.Server.Options;

namespace Parley.Server.Tests.Options;

public sealed class SettingsFileTests
{
    [Fact]
    public void Every_kind_of_value_is_read()
    {
        using var json = new SettingsFile(
            """
            { "lines": "*:1", "addressed": "off", "maxLineBytes": 1000, "loginTimeout": "2m", "overflowPolicy": "disconnect", "exemptLoopback": false }
            """);
        var options = json.Read();
        Assert.Equal("*:1", options.Lines.ToString());
        Assert.Null(options.Addressed.EndPoint);
        Assert.Equal(1000, options.MaxLineBytes);
        Assert.Equal(TimeSpan.FromMinutes(2), options.LoginTimeout);
        Assert.Equal(Core.Delivery.OverflowPolicy.Disconnect, options.OverflowPolicy);
        Assert.False(options.ExemptLoopback);
    }

    [Fact]
    public void An_unknown_name_is_an_error_that_names_it_and_the_file()
    {
        using var json = new SettingsFile("""{ "maxLineByte": 1000 }""");
        var error = Assert.Single(json.Errors());
        Assert.StartsWith(json.FilePath + ": maxLineByte: there is no such setting", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "lines": { "host": "localhost", "port": 1 } }""", "lines")]
    [InlineData("""{ "maxLineBytes": [ 1000 ] }""", "maxLineBytes")]
    [InlineData("""{ "maxLineBytes": {} }""", "maxLineBytes")]
    public void A_value_that_is_no_single_value_is_an_error_and_not_overlooked(string content, string name)
    {
        using var json = new SettingsFile(content);
        var error = Assert.Single(json.Errors());
        Assert.StartsWith($"{json.FilePath}: {name}: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("true")]
    public void A_number_for_text_is_an_error(string value)
    {
        using var json = new SettingsFile($$"""{ "data": {{value}}, "lines": 4000, "drainTimeout": 30 }""");
        Assert.Equal([$"{json.FilePath}: data: {value} will not do: give text in quotes"], json.Errors());
    }

    [Fact]
    public void A_slip_in_the_JSON_is_told_with_its_line_counted_from_1()
    {
        using var json = new SettingsFile("{\n  \"lines\": 4000\n  \"irc\": 6667\n}");
        Assert.StartsWith($"{json.FilePath}: line 3, column 3: ", Assert.Single(json.Errors()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("httpHosts", "https://chat.example.org", "http-hosts: 'https://chat.example.org' will not do: give names such as chat.example.org, without http:// and a port, or *")]
    [InlineData("httpHosts", "chat.example.org:8080", "http-hosts: 'chat.example.org:8080' will not do: give names such as chat.example.org, without http:// and a port, or *")]
    [InlineData("webOrigins", "chat.example.org", "web-origins: 'chat.example.org' will not do: give origins such as https://chat.example.org, without a path, or *")]
    [InlineData("webOrigins", "https://chat.example.org/page", "web-origins: 'https://chat.example.org/page' will not do: give origins such as https://chat.example.org, without a path, or *")]
    [InlineData("fileTypes", "nonsense", "file-types: 'nonsense' will not do: give types such as image/*,text/plain,application/pdf, or *")]
    [InlineData("smtpPassword", "/nowhere/password", "smtp-password: /nowhere/password cannot be read (Could not find a part of the path '/nowhere/password'.)")]
    public void A_value_of_another_form_and_a_file_that_is_not_there_are_errors(string name, string value, string error)
    {
        using var json = new SettingsFile($$"""{ "{{name}}": "{{value}}" }""");
        Assert.Equal([error], json.Errors());
    }

    [Fact]
    public void Lists_of_the_right_form_are_none()
    {
        using var json = new SettingsFile("""{ "httpHosts": "chat.example.org, 192.0.2.1,*", "webOrigins": "https://a.example:8443/, http://b.example, app://c, null, *", "fileTypes": "*, image/*, */*, application/vnd.ms-excel" }""");
        Assert.Equal("chat.example.org, 192.0.2.1,*", json.Read().HttpHosts);
    }

    [Fact]
    public void A_file_of_the_system_that_may_not_be_read_is_told_and_not_overlooked()
    {
        using var json = new SettingsFile("{}");
        var missing = Path.Combine(Path.GetDirectoryName(json.FilePath)!, "missing.json");

        Assert.Equal(json.FilePath, SettingsReader.FindFile(json.FilePath));
        Assert.Null(SettingsReader.FindFile(missing));

        // A directory may not be read as a file by anybody, root among them.
        Directory.CreateDirectory(missing);
        Assert.Equal(
            [$"{missing} may not be read by this user ({Environment.UserName}): do this as one who may, such as with sudo, or name another file with --config"],
            Assert.Throws<SettingsException>(() => SettingsReader.FindFile(missing)).Errors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    public void What_is_no_JSON_object_is_an_error_that_names_the_file(string content)
    {
        using var json = new SettingsFile(content);
        Assert.StartsWith(json.FilePath + ": ", Assert.Single(json.Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_told_at_once_each_with_its_setting_and_its_source()
    {
        using var json = new SettingsFile("""{ "maxRecipients": 0, "unheardOf": 1 }""");
        var errors = json.Errors(
            name => name == "max-line-bytes" ? "63" : null,
            name => name == "PARLEY_LOGIN_TIMEOUT" ? "soon" : null);
        Assert.Equal(4, errors.Count);
        Assert.Contains(json.FilePath + ": maxRecipients: '0' will not do: give a whole number from 1 up", errors);
        Assert.Contains("--max-line-bytes: '63' will not do: give a whole number from 64 to 65536", errors);
        Assert.Contains(errors, error => error.StartsWith("PARLEY_LOGIN_TIMEOUT: 'soon' will not do: give a time such as", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_asked_for_and_not_there_is_an_error_that_names_it()
    {
        using var json = new SettingsFile("{}");
        File.Delete(json.FilePath);
        Assert.Equal([$"--config: there is no file {json.FilePath}"], json.Errors());
    }

    [Fact]
    public void Without_a_file_the_defaults_hold()
        => Assert.Equal(400, SettingsReader.Read(_ => null, _ => null, file: null).MaxLineBytes);

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_that_names_it()
    {
        using var json = new SettingsFile("{}");
        using var locked = new FileStream(json.FilePath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Contains(json.FilePath, Assert.Single(json.Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_is_an_error()
    {
        using var json = new SettingsFile("{}");
        var errors = Assert.Throws<SettingsException>(() => SettingsReader.Read(_ => null, _ => null, Path.GetDirectoryName(json.FilePath))).Errors;
        Assert.Contains(Path.GetDirectoryName(json.FilePath)!, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".parley.json")]
    [InlineData("any name at all")]
    public void The_file_may_have_any_name(string name)
    {
        using var json = new SettingsFile("""{ "maxRecipients": 7 }""", name);
        Assert.Equal(7, json.Read().MaxRecipients);
    }

    [Fact]
    public void The_file_may_be_named_by_a_way_up_from_here()
    {
        using var json = new SettingsFile("""{ "maxRecipients": 7 }""");
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), json.FilePath);
        Assert.StartsWith("..", relative, StringComparison.Ordinal);
        Assert.Equal(7, SettingsReader.Read(_ => null, _ => null, relative).MaxRecipients);
    }
}
