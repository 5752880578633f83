namespace Parley.Server.Irc;

/// <summary>What HELP says of each command; each in the table of commands has an entry here.</summary>
internal static class IrcHelp
{
    private static readonly Dictionary<string, (string Parameters, string Summary)> Entries = new(StringComparer.Ordinal)
    {
        ["ADMIN"] = ("[server]", "says who runs the server"),
        ["AUTHENTICATE"] = ("mechanism|base64|+|*", "logs in to an account (SASL)"),
        ["AWAY"] = ("[reason]", "marks you as away; without a reason, as back"),
        ["BATCH"] = ("+reference type [parameters] | -reference", "begins and ends a message of several lines"),
        ["CAP"] = ("LS [302] | LIST | REQ :capabilities | END", "negotiates what your client and the server both can do"),
        ["CHATHISTORY"] = ("LATEST|BEFORE|AFTER|AROUND|BETWEEN|TARGETS ...", "shows what was said before"),
        ["HELP"] = ("[command]", "lists the commands, or says what one does"),
        ["HELPOP"] = ("[command]", "the same as HELP"),
        ["INFO"] = ("", "says what this program is"),
        ["INVITE"] = ("nick #room", "asks somebody into a room"),
        ["ISON"] = ("nick{ nick}", "says which of these users are here"),
        ["JOIN"] = ("#room{,#room} [key{,key}] | 0", "joins rooms, and makes those that are not there yet; 0 leaves all"),
        ["KICK"] = ("#room nick{,nick} [reason]", "puts somebody out of a room"),
        ["KILL"] = ("nick reason", "ends somebody's connections (operators of the server)"),
        ["LINKS"] = ("", "lists the servers of the network"),
        ["LIST"] = ("[#room{,#room}] [conditions]", "lists rooms; conditions are such as >3, <10, *mask*, C>60, T<60"),
        ["LUSERS"] = ("", "says how many are here"),
        ["MARKREAD"] = ("target [timestamp=...]", "says or asks up to where you have read"),
        ["METADATA"] = ("target GET|LIST|SET|CLEAR|SUB|UNSUB|SUBS|SYNC ...", "keeps values about you or a room"),
        ["MODE"] = ("#room|nick [modes [arguments]]", "shows or changes what is set on a room, or on yourself (B bot, i invisible, w hears WALLOPS)"),
        ["MONITOR"] = ("+|- nick{,nick} | C | L | S", "has you told when somebody comes or goes"),
        ["MOTD"] = ("[server]", "shows what the server has to say today"),
        ["NAMES"] = ("[#room{,#room}]", "lists who is in rooms"),
        ["NICK"] = ("nick", "gives you another name: 2 to 20 of A-Z a-z 0-9 - _"),
        ["NOTICE"] = ("target{,target} :text", "says something that no program answers"),
        ["OPER"] = ("name password", "makes you an operator of the server"),
        ["PART"] = ("#room{,#room} [reason]", "leaves rooms"),
        ["PASS"] = ("password", "gives the password that the server may ask for, before NICK and USER"),
        ["PING"] = ("token", "has the server answer with PONG"),
        ["PONG"] = ("[token]", "answers a PING"),
        ["PRIVMSG"] = ("target{,target} :text", "says something, in rooms or to users"),
        ["QUIT"] = ("[reason]", "leaves the server"),
        ["REDACT"] = ("target msgid [reason]", "takes back a message"),
        ["REGISTER"] = ("account|* email|* password", "makes an account"),
        ["REHASH"] = ("", "reads the server's files again (operators of the server)"),
        ["RENAME"] = ("#room #room [reason]", "gives a room another name"),
        ["SEARCH"] = ("[conditions]", "finds what was said before"),
        ["SETNAME"] = (":real name", "gives you another real name"),
        ["STATS"] = ("u|o [server]", "says how long the server has been up; to operators, who may become one"),
        ["SUMMON"] = ("user", "has been disabled"),
        ["TAGMSG"] = ("target{,target}", "sends tags without a text, such as that you are typing"),
        ["TIME"] = ("[server]", "says how late it is at the server"),
        ["TOPIC"] = ("#room [:topic]", "shows what a room is about, or changes it"),
        ["USER"] = ("user 0 * :real name", "says who you are when you come"),
        ["USERHOST"] = ("nick{ nick}", "says where up to five users are"),
        ["USERS"] = ("", "has been disabled"),
        ["VERIFY"] = ("account code", "proves that an account is yours"),
        ["VERSION"] = ("[server]", "says which program this is, and what it supports"),
        ["WALLOPS"] = (":text", "tells everybody who wants to hear it (operators of the server)"),
        ["WEBIRC"] = ("password gateway host address [:options]", "a gateway says for whom it connects"),
        ["WHO"] = ("[mask|#room] [o][%fields[,token]]", "lists users"),
        ["WHOIS"] = ("[server] nick{,nick}", "says what may be known of somebody"),
        ["WHOWAS"] = ("nick [count]", "says who wore a name before"),
    };

    /// <summary>How a command is used and what it does; null if nothing is known of it.</summary>
    public static (string Usage, string Summary)? Find(string word)
        => Entries.TryGetValue(word, out var entry) ? ($"{word} {entry.Parameters}".TrimEnd(), entry.Summary) : null;
}
