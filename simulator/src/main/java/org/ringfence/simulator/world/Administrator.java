package org.ringfence.simulator.world;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.ringfence.controller.Event;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Caller;
import org.ringfence.controller.request.Request;
import org.ringfence.model.NodeId;

/** Whoever sits at the keyboard: asks a node, and takes each answer once. */
public final class Administrator {
    private static final Caller CALLER = new Caller("admin", 0, 1);

    private final World world;
    private final SortedMap<Long, Question> asked = new TreeMap<>();
    private long next = 1;

    private record Question(Request request, Consumer<Answer> whenAnswered) {}

    Administrator(World world) {
        this.world = world;
    }

    /** Asks a node. When it has no daemon, or dies before it answers, no answer comes. */
    public void ask(NodeId node, Request request, Consumer<Answer> whenAnswered) {
        world.host(node).daemon().ifPresent(daemon -> {
            long number = next++;
            asked.put(number, new Question(request, whenAnswered));
            daemon.deliver(new Event.Requested(number, CALLER, request));
        });
    }

    void answered(NodeId node, long request, Answer answer) {
        Question question = asked.remove(request);
        if (question == null) {
            throw new IllegalStateException("request " + request + " was answered twice by " + node + ": " + answer);
        }
        world.witness().answered(world, node, question.request(), answer);
        question.whenAnswered().accept(answer);
    }
}
