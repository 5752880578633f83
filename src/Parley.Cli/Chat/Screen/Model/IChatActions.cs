namespace Parley.Cli.Chat.Screen.Model;

/// <summary>Actions on the outside world that the model asks for; the answers arrive as events.</summary>
internal interface IChatActions
{
    /// <summary>Sends one line behind those sent before.</summary>
    void Send(string line);

    /// <summary>Connects now, if the client waits to.</summary>
    void RetryNow();

    /// <summary>Writes the conversation to a file from now on; null ends that. The result says what is done now, or why not.</summary>
    string WriteTranscript(string? file);

    /// <summary>An entry was added to the log.</summary>
    void Record(Entry entry);

    /// <summary>Says that somebody is wanted at the terminal.</summary>
    void Ring();

    /// <summary>Draws everything anew.</summary>
    void Redraw();

    /// <summary>Gives the terminal back to the shell until the user returns.</summary>
    void Suspend();

    /// <summary>Leaves the chat.</summary>
    void Quit();
}
