/** A form of one door, made of what its system says about it, and what it answered. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { tryDoor } from '../../city/doors.ts';
import { useSession } from '../../city/signed-in.tsx';
import {
  type Door,
  type DoorInput,
  type DoorRequest,
  type Filled,
  inputKey,
  lackingIn,
  mayChange,
  requestOf,
} from '../../model/doors.ts';
import { AskFirst } from '../../parts/ask-first.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useLanguage } from '../../words/language.tsx';
import { DoorAnswer } from './door-answer.tsx';
import { WORDS } from './words.ts';

const KEY = 'header Idempotency-Key';

export const TryDoor = ({ system, door }: { readonly system: string; readonly door: Door }) => {
  const { t } = useLanguage();
  const { session } = useSession();
  const { inputs, body, roles } = door;
  const [filled, setFilled] = useState<Filled>(() =>
    inputs.some((input) => inputKey(input) === KEY) ? { [KEY]: crypto.randomUUID() } : {},
  );
  const [text, setText] = useState(body?.sample ?? '');
  const [asked, setAsked] = useState(false);
  const trial = useMutation({
    mutationFn: (request: DoorRequest) => tryDoor(system, request, roles !== undefined),
  });
  const lacking = lackingIn(door, filled, text);
  const request = requestOf(door, filled, text);
  const send = () => {
    setAsked(false);
    trial.mutate(request);
  };
  return (
    <SpaceBetween size="s">
      <Header variant="h2" description={door.summary}>
        {t(WORDS.tryIt)}: {door.method} {door.path}
      </Header>
      {roles === undefined || roles.includes(session.role) ? null : (
        <Alert type="warning">{t(WORDS.otherRole(session.role, roles.join(', ')))}</Alert>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (lacking.length > 0) return;
          if (mayChange(door)) setAsked(true);
          else send();
        }}
      >
        <SpaceBetween size="s">
          {inputs.map((input) => (
            <InputField
              key={inputKey(input)}
              input={input}
              value={filled[inputKey(input)] ?? ''}
              onChange={(value) => setFilled((before) => ({ ...before, [inputKey(input)]: value }))}
            />
          ))}
          {body === undefined ? null : <BodyField {...{ body, text, setText }} />}
          <SpaceBetween direction="horizontal" size="xs" alignItems="center">
            <Button
              variant="primary"
              formAction="submit"
              disabled={lacking.length > 0}
              loading={trial.isPending}
            >
              {t(WORDS.send)}
            </Button>
            {lacking.length === 0 ? null : (
              <Box color="text-body-secondary">{t(WORDS.lacking(lacking.join(', ')))}</Box>
            )}
          </SpaceBetween>
        </SpaceBetween>
      </form>
      {asked ? <Confirm {...{ system, request, send }} cancel={() => setAsked(false)} /> : null}
      {trial.error === null ? null : <Trouble error={trial.error} asked="act" />}
      {trial.data === undefined ? null : <DoorAnswer tried={trial.data} />}
    </SpaceBetween>
  );
};

interface InputFieldProps {
  readonly input: DoorInput;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const InputField = ({ input, value, onChange }: InputFieldProps) => {
  const { t } = useLanguage();
  const { name, required, says, description, example } = input;
  return (
    <FormField
      label={`${name} · ${input.in}`}
      description={description}
      constraintText={`${says} · ${t(required ? WORDS.required : WORDS.optional)}`}
      secondaryControl={
        inputKey(input) === KEY ? (
          <Button formAction="none" onClick={() => onChange(crypto.randomUUID())}>
            {t(WORDS.again)}
          </Button>
        ) : undefined
      }
    >
      <Input value={value} placeholder={example ?? ''} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
};

interface BodyFieldProps {
  readonly body: NonNullable<Door['body']>;
  readonly text: string;
  readonly setText: (text: string) => void;
}

const BodyField = ({ body, text, setText }: BodyFieldProps) => {
  const { t } = useLanguage();
  return (
    <>
      <FormField label={t(WORDS.body)} description={t(WORDS.bodyHelp)} stretch>
        <Textarea
          value={text}
          rows={Math.min(16, Math.max(4, text.split('\n').length))}
          spellcheck={false}
          onChange={({ detail }) => setText(detail.value)}
        />
      </FormField>
      <ExpandableSection headerText={t(WORDS.fields)} headingTagOverride="h3">
        <ul className="plain">
          {body.fields.map(({ path, says, required, description }) => (
            <li key={path}>
              <code>{path}</code>: {says} · {t(required ? WORDS.required : WORDS.optional)}
              {description === undefined ? null : ` · ${description}`}
            </li>
          ))}
        </ul>
      </ExpandableSection>
    </>
  );
};

interface ConfirmProps {
  readonly system: string;
  readonly request: DoorRequest;
  readonly send: () => void;
  readonly cancel: () => void;
}

const Confirm = ({ system, request, send, cancel }: ConfirmProps) => {
  const { t } = useLanguage();
  return (
    <AskFirst
      title={t(WORDS.confirm(`${request.method} ${request.path}`, system))}
      act={t(WORDS.send)}
      cancel={t(WORDS.cancel)}
      onAct={send}
      onCancel={cancel}
    >
      {t(WORDS.confirmHelp(system))}
    </AskFirst>
  );
};
